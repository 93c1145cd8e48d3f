package dev.tollgate.limiter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Every call is counted, once: admitted, rejected, and still waiting. */
public class TallyStress {

  private static void tally(LeasedBucket bucket, III_Result r) {
    TokenBucket.Tally tally = bucket.tally();
    r.r1 = (int) tally.admitted();
    r.r2 = (int) tally.rejected();
    r.r3 = tally.waiting();
  }

  @JCStressTest
  @Outcome(id = "2, 2, 0", expect = ACCEPTABLE, desc = "Four calls for two tokens.")
  @State
  public static class OfTakes {
    private final LeasedBucket bucket = new LeasedBucket(Buckets.paced(2), new StandingClock());

    @Actor
    public void first() {
      Buckets.take(bucket, 1);
      Buckets.take(bucket, 1);
    }

    @Actor
    public void second() {
      Buckets.take(bucket, 1);
      Buckets.take(bucket, 1);
    }

    @Arbiter
    public void tally(III_Result r) {
      TallyStress.tally(bucket, r);
    }
  }

  /** Those that a cell granted are counted by what is left in it. */
  @JCStressTest
  @Outcome(id = "4, 1, 0", expect = ACCEPTABLE, desc = "Five calls for four tokens.")
  @State
  public static class OfLeasedTakes {
    private final LeasedBucket bucket =
        new LeasedBucket(Buckets.leasing(4), new StandingClock(), 1);

    public OfLeasedTakes() {
      Buckets.take(bucket, 1);
    }

    @Actor
    public void first() {
      Buckets.take(bucket, 1);
      Buckets.take(bucket, 1);
    }

    @Actor
    public void second() {
      Buckets.take(bucket, 1);
      Buckets.take(bucket, 1);
    }

    @Arbiter
    public void tally(III_Result r) {
      TallyStress.tally(bucket, r);
    }
  }

  @JCStressTest
  @Outcome(id = "1, 2, 0", expect = ACCEPTABLE, desc = "One took the token, two gave up.")
  @State
  public static class OfThoseWhoGiveUp {
    private final LeasedBucket bucket = new LeasedBucket(Buckets.paced(1), new StandingClock());

    public OfThoseWhoGiveUp() {
      Buckets.take(bucket, 1);
    }

    @Actor
    public void first() {
      Buckets.await(bucket, 1);
    }

    @Actor
    public void second() {
      Buckets.await(bucket, 1);
    }

    @Arbiter
    public void tally(III_Result r) {
      TallyStress.tally(bucket, r);
    }
  }
}
