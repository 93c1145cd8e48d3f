package dev.tollgate.limiter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A limiter becomes another one as long as nobody has asked it, and is never a bit of both. */
public class RedefinitionStress {

  @JCStressTest
  @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "Asked before: it stayed what it was.")
  @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "Asked after: of the new three.")
  @State
  public static class ResetAgainstAFirstTake {
    private final LeasedBucket bucket = new LeasedBucket(Buckets.paced(1), new StandingClock());

    @Actor
    public void take(III_Result r) {
      r.r1 = Buckets.take(bucket, 1);
    }

    @Actor
    public void reset(III_Result r) {
      r.r2 = bucket.resetIfUntouched(Buckets.paced(3)) ? 1 : 0;
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = Buckets.drain(bucket);
    }
  }

  @JCStressTest
  @Outcome(id = "2, 0, 6", expect = ACCEPTABLE, desc = "Asked before: it stayed what it was.")
  @Outcome(id = "2, 1, 2", expect = ACCEPTABLE, desc = "Asked after: of the new four.")
  @State
  public static class ResetAgainstAFirstLease {
    private final LeasedBucket bucket =
        new LeasedBucket(Buckets.leasing(8), new StandingClock(), 1);

    @Actor
    public void take(III_Result r) {
      r.r1 = Buckets.take(bucket, 1) + Buckets.take(bucket, 1);
    }

    @Actor
    public void reset(III_Result r) {
      r.r2 = bucket.resetIfUntouched(Buckets.leasing(4)) ? 1 : 0;
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = Buckets.drain(bucket);
    }
  }

  /** What is too much for the capacity is refused without the lock. */
  @JCStressTest
  @Outcome(id = "2, 0, 1", expect = ACCEPTABLE, desc = "Asked before: it stayed what it was.")
  @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "Asked after: too much for what it is now.")
  @State
  public static class ResetToLessThanIsAskedFor {
    private final LeasedBucket bucket = new LeasedBucket(Buckets.paced(3), new StandingClock());

    @Actor
    public void take(III_Result r) {
      r.r1 = Buckets.take(bucket, 2);
    }

    @Actor
    public void reset(III_Result r) {
      r.r2 = bucket.resetIfUntouched(Buckets.paced(1)) ? 1 : 0;
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = Buckets.drain(bucket);
    }
  }

  @JCStressTest
  @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "Asked before: too much for what it was.")
  @Outcome(id = "0, 1, 3", expect = ACCEPTABLE, desc = "Asked before, and counted after.")
  @Outcome(id = "3, 1, 0", expect = ACCEPTABLE, desc = "Asked after: all of the new three.")
  @State
  public static class ResetToAsMuchAsIsAskedFor {
    private final LeasedBucket bucket = new LeasedBucket(Buckets.paced(1), new StandingClock());

    @Actor
    public void take(III_Result r) {
      r.r1 = Buckets.take(bucket, 3);
    }

    @Actor
    public void reset(III_Result r) {
      r.r2 = bucket.resetIfUntouched(Buckets.paced(3)) ? 1 : 0;
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = Buckets.drain(bucket);
    }
  }

  @JCStressTest
  @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "Asked before: it stayed what it was.")
  @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "Asked when the mode was still the old one.")
  @Outcome(id = "1, 1, 3", expect = ACCEPTABLE, desc = "Asked after: nothing is charged.")
  @State
  public static class ModeAgainstAFirstTake {
    private final LocalCore core = new LocalCore("limiter", Buckets.paced(1), new StandingClock());

    @Actor
    public void take(III_Result r) {
      r.r1 = core.take(1, 0) == 0 ? 1 : 0;
    }

    @Actor
    public void redefine(III_Result r) {
      r.r2 = core.redefineIfUntouched(Buckets.paced(3).withMode(LimiterMode.OFF)) ? 1 : 0;
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = (int) core.available();
    }
  }
}
