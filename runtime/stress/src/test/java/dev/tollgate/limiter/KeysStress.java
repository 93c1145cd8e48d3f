package dev.tollgate.limiter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** A key has one bucket at a time, and a new one only when the old one is full. */
public class KeysStress {

  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One bucket, one token.")
  @State
  public static class TwoFirstCalls {
    private final KeyedBuckets buckets = new KeyedBuckets(Buckets.paced(1), 9, new StandingClock());

    @Actor
    public void first(II_Result r) {
      r.r1 = Buckets.take(buckets, "key", 1);
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = Buckets.take(buckets, "key", 1);
    }
  }

  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One bucket of all, one token.")
  @State
  public static class TwoFirstCallsPastTheLimit {
    private final KeyedBuckets buckets = new KeyedBuckets(Buckets.paced(1), 0, new StandingClock());

    @Actor
    public void first(II_Result r) {
      r.r1 = Buckets.take(buckets, "key", 1);
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = Buckets.take(buckets, "another", 1);
    }
  }

  @JCStressTest
  @Outcome(
      id = {"2, 0, 0", "0, 2, 0"},
      expect = ACCEPTABLE,
      desc = "One bucket, two tokens.")
  @State
  public static class ForgettingAgainstTakes {
    private final KeyedBuckets buckets = keyIsFullAgain(9);

    @Actor
    public void newKeyFirst(III_Result r) {
      Buckets.take(buckets, "another", 1);
      r.r1 = Buckets.take(buckets, "key", 2);
    }

    @Actor
    public void take(III_Result r) {
      r.r2 = Buckets.take(buckets, "key", 2);
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = Buckets.take(buckets, "key", 1);
    }
  }

  /** One key may have a bucket of its own; the other comes and wants it. */
  @JCStressTest
  @Outcome(id = "2, 2, 0, 0", expect = ACCEPTABLE, desc = "A bucket each.")
  @State
  public static class ForgettingAtTheLimit {
    private final KeyedBuckets buckets = keyIsFullAgain(1);

    @Actor
    public void newKey(IIII_Result r) {
      r.r1 = Buckets.take(buckets, "another", 2);
    }

    @Actor
    public void take(IIII_Result r) {
      r.r2 = Buckets.take(buckets, "key", 2);
    }

    @Arbiter
    public void left(IIII_Result r) {
      r.r3 = Buckets.take(buckets, "another", 1);
      r.r4 = Buckets.take(buckets, "key", 1);
    }
  }

  /** Whoever comes next may forget the key. */
  private static KeyedBuckets keyIsFullAgain(int maxKeys) {
    StandingClock clock = new StandingClock();
    KeyedBuckets buckets = new KeyedBuckets(Buckets.paced(2), maxKeys, clock);
    Buckets.take(buckets, "key", 1);
    clock.now = Buckets.SECOND;
    return buckets;
  }
}
