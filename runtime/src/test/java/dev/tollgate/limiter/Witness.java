package dev.tollgate.limiter;

import java.util.ArrayList;
import java.util.List;

/** What a Lincheck test saw of its bucket, from whatever thread. */
final class Witness {
  private record Grant(long from, long to, long weight) {}

  private final Thread[] owners;
  private final List<Grant> grants = new ArrayList<>();
  private long granted;
  private long refused;

  /** Of a bucket with so many cells. */
  Witness(int cells) {
    owners = new Thread[cells];
  }

  /** Fails if the calling thread has not a cell of its own: then nothing is stolen. */
  synchronized void ownsItsCell() {
    Thread caller = Thread.currentThread();
    int cell = (int) caller.getId() & (owners.length - 1);
    if (owners[cell] != null && owners[cell] != caller) {
      throw new IllegalStateException(caller + " and " + owners[cell] + " share cell " + cell);
    }
    owners[cell] = caller;
  }

  /** A call that was made and answered at these moments. */
  synchronized void answered(long from, long to, long weight, long outcome) {
    if (Outcome.granted(outcome)) {
      granted += weight;
      grants.add(new Grant(from, to, weight));
    } else {
      refused++;
    }
  }

  synchronized long granted() {
    return granted;
  }

  synchronized long refused() {
    return refused;
  }

  /** The most that a window surely holds beyond what came in meanwhile. */
  synchronized long mostAtOnce(long nanosForOne) {
    long most = 0;
    for (Grant first : grants) {
      for (Grant last : grants) {
        long inWindow = 0;
        for (Grant grant : grants) {
          if (grant.from - first.from >= 0 && grant.to - last.to <= 0) {
            inWindow += grant.weight;
          }
        }
        most = Math.max(most, inWindow - Math.max(0, last.to - first.from) / nanosForOne);
      }
    }
    return most;
  }
}
