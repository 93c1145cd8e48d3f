package dev.tollgate.limiter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/** The moment before which calls are refused without the lock is never a wrong one. */
public class StampStress {

  @JCStressTest
  @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "Refused while the other was owed.")
  @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "Granted, and then the flag went up.")
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "Granted, as who saw the flag must be.")
  @State
  public static class WhoSeesTheRefundIsGranted {
    private final LeasedBucket bucket = new LeasedBucket(Buckets.paced(3), new StandingClock());
    private volatile int refunded;

    public WhoSeesTheRefundIsGranted() {
      Buckets.take(bucket, 2);
    }

    @Actor
    public void refund() {
      Buckets.await(bucket, 3);
      refunded = 1;
    }

    @Actor
    public void take(III_Result r) {
      r.r1 = refunded;
      r.r2 = Buckets.take(bucket, 1);
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = Buckets.drain(bucket);
    }
  }

  @JCStressTest
  @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "Refused before it was time.")
  @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "Granted, since it was time meanwhile.")
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "Granted, since it was time before.")
  @State
  public static class WhoSeesTheMomentIsGranted {
    private final StandingClock clock = new StandingClock();
    private final LeasedBucket bucket = new LeasedBucket(Buckets.paced(1), clock);

    public WhoSeesTheMomentIsGranted() {
      Buckets.take(bucket, 1);
    }

    @Actor
    public void timePasses() {
      clock.now = Buckets.SECOND;
    }

    @Actor
    public void take(III_Result r) {
      r.r1 = (int) (clock.now / Buckets.SECOND);
      r.r2 = Buckets.take(bucket, 1);
    }

    @Arbiter
    public void left(III_Result r) {
      r.r3 = Buckets.drain(bucket);
    }
  }

  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One token came, and one of them got it.")
  @State
  public static class TheMomentBringsOneToken {
    private final StandingClock clock = new StandingClock();
    private final LeasedBucket bucket = new LeasedBucket(Buckets.paced(2), clock);

    public TheMomentBringsOneToken() {
      Buckets.take(bucket, 2);
      clock.now = Buckets.SECOND;
    }

    @Actor
    public void first(II_Result r) {
      r.r1 = Buckets.take(bucket, 1);
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = Buckets.take(bucket, 1);
    }
  }

  /** Before and after the clock's sign changes, so that halves of two values would be seen. */
  @JCStressTest
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "The moment when it was filled.")
  @Outcome(id = "999999999", expect = ACCEPTABLE, desc = "The moment of the next token.")
  @State
  public static class TheMomentIsOneThatWasWritten {
    private static final Limits LIMITS = Limits.of(Buckets.paced(1));

    private final LeasedBucket bucket;

    public TheMomentIsOneThatWasWritten() {
      StandingClock clock = new StandingClock();
      clock.now = -1;
      bucket = new LeasedBucket(Buckets.paced(1), clock);
    }

    @Actor
    public void take() {
      Buckets.take(bucket, 1);
    }

    @Actor
    public void look(J_Result r) {
      r.r1 = bucket.emptyUntil(LIMITS);
    }
  }

  /** As above, of a key's bucket, which moves its zero twice: to owe and to give back. */
  @JCStressTest
  @Outcome(id = "1000000000", expect = ACCEPTABLE, desc = "Nothing was owed.")
  @Outcome(id = "5000000000", expect = ACCEPTABLE, desc = "Four were owed.")
  @State
  public static class TheMomentOfAKeyIsOneThatWasWritten {
    private static final Limits LIMITS = Limits.of(Buckets.paced(4));

    private final KeyBucket bucket = new KeyBucket(LIMITS, 0);
    private final Turnstile turnstile = new Turnstile(LIMITS, new StandingClock());

    public TheMomentOfAKeyIsOneThatWasWritten() {
      turnstile.take(bucket, 4, 0);
    }

    @Actor
    public void giveUp() {
      turnstile.take(bucket, 4, 5 * Buckets.SECOND);
      Thread.interrupted();
    }

    @Actor
    public void look(J_Result r) {
      r.r1 = bucket.emptyUntil(LIMITS);
    }
  }
}
