package dev.tollgate.limiter;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tokens on lease to threads: one count for each of a few groups of threads, each on cache lines of
 * its own. Anyone takes; only who holds the bucket's lock puts in.
 */
final class Cells {
  /** 128 bytes: two cache lines, since processors fetch them in pairs. */
  private static final int STRIDE_SHIFT = 4;

  private final AtomicLongArray tokens;
  private final int mask;

  /** {@code count} is a power of two. */
  Cells(int count) {
    // One stride on either side, away from the array's header and whatever comes after it.
    tokens = new AtomicLongArray((count + 2) << STRIDE_SHIFT);
    mask = count - 1;
  }

  /** As many cells as keep the threads that this machine runs at once apart, more or less. */
  static int forThisMachine() {
    int processors = Math.min(Runtime.getRuntime().availableProcessors(), 64);
    return processors == 1 ? 1 : Integer.highestOneBit(processors - 1) << 2;
  }

  int count() {
    return mask + 1;
  }

  /** Takes a token of the calling thread's cell; false if it is empty. */
  boolean take() {
    int cell = own();
    long there = tokens.get(cell);
    while (there > 0) {
      long found = tokens.compareAndExchange(cell, there, there - 1);
      if (found == there) {
        return true;
      }
      there = found;
    }
    return false;
  }

  /** Tokens in the calling thread's cell. */
  long inOwn() {
    return tokens.get(own());
  }

  void putInOwn(long count) {
    tokens.getAndAdd(own(), count);
  }

  /** Takes all that is there. */
  long takeAll() {
    long taken = 0;
    for (int cell = 0; cell <= mask; cell++) {
      if (tokens.get(index(cell)) > 0) {
        taken += tokens.getAndSet(index(cell), 0);
      }
    }
    return taken;
  }

  /** What is there, at most: others may take meanwhile. */
  long sum() {
    long sum = 0;
    for (int cell = 0; cell <= mask; cell++) {
      sum += tokens.get(index(cell));
    }
    return sum;
  }

  /** Threads are numbered as they are made, so those of a pool spread over the cells. */
  private int own() {
    return index((int) Thread.currentThread().getId() & mask);
  }

  private static int index(int cell) {
    return (cell + 1) << STRIDE_SHIFT;
  }
}
