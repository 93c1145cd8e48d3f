package dev.tollgate.limiter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Who gives up gives back what it was promised, once, whoever else is at the bucket. */
public class GiveUpStress {

  @JCStressTest
  @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "Took before the debt, or after it.")
  @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "Refused while it was owed.")
  @State
  public static class AgainstATake {
    private final LeasedBucket bucket = new LeasedBucket(Buckets.paced(3), new StandingClock());

    public AgainstATake() {
      Buckets.take(bucket, 2);
    }

    @Actor
    public void giveUp(III_Result r) {
      r.r1 = Buckets.await(bucket, 3);
    }

    @Actor
    public void take(III_Result r) {
      r.r2 = Buckets.take(bucket, 1);
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = Buckets.drain(bucket);
    }
  }

  /** The one who owes has taken the leased tokens back; none of them may be in the cell as well. */
  @JCStressTest
  @Outcome(id = "0, 1, 2", expect = ACCEPTABLE, desc = "Took before the debt, or after it.")
  @Outcome(id = "0, 0, 3", expect = ACCEPTABLE, desc = "Refused while it was owed.")
  @State
  public static class AgainstALeasedTake {
    private final LeasedBucket bucket =
        new LeasedBucket(Buckets.leasing(4), new StandingClock(), 1);

    public AgainstALeasedTake() {
      Buckets.take(bucket, 1);
    }

    @Actor
    public void giveUp(III_Result r) {
      r.r1 = Buckets.await(bucket, 4);
    }

    @Actor
    public void take(III_Result r) {
      r.r2 = Buckets.take(bucket, 1);
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = Buckets.drain(bucket);
    }
  }

  @JCStressTest
  @Outcome(id = "0, 0, 3", expect = ACCEPTABLE, desc = "What was there is there again.")
  @State
  public static class BothGiveUp {
    private final LeasedBucket bucket = new LeasedBucket(Buckets.paced(4), new StandingClock());

    public BothGiveUp() {
      Buckets.take(bucket, 1);
    }

    @Actor
    public void first(III_Result r) {
      r.r1 = Buckets.await(bucket, 4);
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = Buckets.await(bucket, 4);
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = Buckets.drain(bucket);
    }
  }

  /** A charge is promised its moment and never comes back; a token is left to wait for after it. */
  @JCStressTest
  @Outcome(id = "1000000000, 2000000000", expect = ACCEPTABLE, desc = "First, or after the refund.")
  @Outcome(id = "2000000000, 2000000000", expect = ACCEPTABLE, desc = "Behind who gave up.")
  @State
  public static class AgainstACharge {
    private final LeasedBucket bucket = new LeasedBucket(Buckets.paced(1), new StandingClock());

    public AgainstACharge() {
      Buckets.take(bucket, 1);
    }

    @Actor
    public void giveUp() {
      Buckets.await(bucket, 1);
    }

    @Actor
    public void charge(JJ_Result r) {
      r.r1 = bucket.charge(1, 10 * Buckets.SECOND);
    }

    @Arbiter
    public void left(JJ_Result r) {
      r.r2 = bucket.retryAfterNanos(1);
    }
  }

  /** Time passes for one of two who wait. What it brings is granted or left, and no more. */
  @JCStressTest
  @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "One gave up.")
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "Its token came before it could.")
  @State
  public static class WhileAnotherWaits {
    private final ClockOfASleeper clock = new ClockOfASleeper();
    private final LeasedBucket bucket = new LeasedBucket(Buckets.paced(2), clock);

    public WhileAnotherWaits() {
      Buckets.take(bucket, 2);
    }

    @Actor
    public void giveUp(III_Result r) {
      r.r1 = Buckets.await(bucket, 1);
    }

    @Actor
    public void sleep(III_Result r) {
      clock.sleeper = Thread.currentThread();
      r.r2 = Buckets.await(bucket, 1);
    }

    @Arbiter
    public void missing(III_Result r) {
      int came = (int) (clock.now / Buckets.SECOND);
      r.r3 = came - r.r1 - r.r2 - Buckets.drain(bucket);
    }
  }

  private static final class ClockOfASleeper extends StandingClock {
    private volatile Thread sleeper;

    @Override
    public void park(Object blocker, long nanos) {
      if (Thread.currentThread() == sleeper) {
        now += nanos;
      } else {
        super.park(blocker, nanos);
      }
    }
  }
}
