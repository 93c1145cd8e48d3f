package dev.tollgate.limiter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Leases neither hide tokens from who asks for them nor make any. */
public class LeaseStress {

  @JCStressTest
  @Outcome(id = "1, 0, 2", expect = ACCEPTABLE, desc = "The leased token was gone before.")
  @Outcome(id = "0, 3, 0", expect = ACCEPTABLE, desc = "All were taken back before.")
  @State
  public static class TakeAgainstTakingBack {
    private final LeasedBucket bucket =
        new LeasedBucket(Buckets.leasing(4), new StandingClock(), 1);

    public TakeAgainstTakingBack() {
      // Leaves two in the level and one in the cell.
      Buckets.take(bucket, 1);
    }

    @Actor
    public void ofTheCell(III_Result r) {
      r.r1 = Buckets.take(bucket, 1);
    }

    @Actor
    public void ofBoth(III_Result r) {
      r.r2 = Buckets.take(bucket, 3);
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = Buckets.drain(bucket);
    }
  }

  @JCStressTest
  @Outcome(id = "3, 2, 0", expect = ACCEPTABLE, desc = "The second came too late once.")
  @Outcome(id = "2, 3, 0", expect = ACCEPTABLE, desc = "The first came too late once.")
  @State
  public static class BurstOfTwo {
    private final LeasedBucket bucket =
        new LeasedBucket(Buckets.leasing(16), new StandingClock(), 4);

    public BurstOfTwo() {
      Buckets.take(bucket, 11);
    }

    @Actor
    public void first(III_Result r) {
      r.r1 = Buckets.take(bucket, 1) + Buckets.take(bucket, 1) + Buckets.take(bucket, 1);
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = Buckets.take(bucket, 1) + Buckets.take(bucket, 1) + Buckets.take(bucket, 1);
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = Buckets.drain(bucket);
    }
  }

  /** Full again at the moment when a leased token goes: all that goes then is the capacity. */
  @JCStressTest
  @Outcome(id = "1, 3", expect = ACCEPTABLE, desc = "The capacity, in one instant.")
  @State
  public static class RefillAgainstLeasedTake {
    private final StandingClock clock = new StandingClock();
    private final LeasedBucket bucket = new LeasedBucket(Buckets.leasing(4), clock, 1);

    public RefillAgainstLeasedTake() {
      Buckets.take(bucket, 1);
      clock.now = Buckets.SECOND;
    }

    @Actor
    public void later(II_Result r) {
      clock.now = 2 * Buckets.SECOND;
      r.r1 = Buckets.take(bucket, 1);
    }

    @Actor
    public void refill() {
      bucket.available();
    }

    @Arbiter
    public void left(II_Result r) {
      r.r2 = Buckets.drain(bucket);
    }
  }
}
