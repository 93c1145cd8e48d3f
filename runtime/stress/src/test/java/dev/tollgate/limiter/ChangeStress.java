package dev.tollgate.limiter;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Other limits, a pause, or a cancellation, in the very moment of a call. */
public class ChangeStress {

  @JCStressTest
  @Outcome(
      id = "1, 4",
      expect = ACCEPTABLE,
      desc = "Two of four were left, which are four of eight.")
  @Outcome(id = "1, 5", expect = ACCEPTABLE, desc = "Six of eight were there, less one.")
  @State
  public static class ChangeAgainstLeasedTake {
    private final LeasedBucket bucket =
        new LeasedBucket(Buckets.leasing(4), new StandingClock(), 1);

    public ChangeAgainstLeasedTake() {
      // Leaves two in the level and one in the cell.
      Buckets.take(bucket, 1);
    }

    @Actor
    public void ofTheCell(II_Result r) {
      r.r1 = Buckets.take(bucket, 1);
    }

    @Actor
    public void change() {
      bucket.change(Buckets.leasing(8));
    }

    @Arbiter
    public void left(II_Result r) {
      r.r2 = Buckets.drain(bucket);
    }
  }

  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The leased token was gone before.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "It was paused before.")
  @State
  public static class PauseAgainstLeasedTake {
    private final LeasedBucket bucket =
        new LeasedBucket(Buckets.leasing(4), new StandingClock(), 1);

    public PauseAgainstLeasedTake() {
      Buckets.take(bucket, 1);
    }

    @Actor
    public void ofTheCell(II_Result r) {
      r.r1 = Buckets.take(bucket, 1);
    }

    @Actor
    public void pause() {
      bucket.pauseFor(Buckets.SECOND);
    }

    @Arbiter
    public void left(II_Result r) {
      r.r2 = Buckets.drain(bucket);
    }
  }

  /** Refusals without the lock go by the moment of a key's level and by the limits. */
  @JCStressTest
  @Outcome(id = "1, 8", expect = ACCEPTABLE, desc = "There were always some.")
  @State
  public static class RefusalAgainstChange {
    private final KeyedBuckets keys =
        new KeyedBuckets(Buckets.leasing(10), 10, new StandingClock());

    public RefusalAgainstChange() {
      Buckets.take(keys, "key", 1);
    }

    @Actor
    public void take(II_Result r) {
      r.r1 = Buckets.take(keys, "key", 1);
    }

    @Actor
    public void slowDown() {
      keys.change(RateLimitConfig.of(1, Duration.ofHours(1)).withCapacity(10));
    }

    @Arbiter
    public void left(II_Result r) {
      r.r2 = 0;
      while (Buckets.take(keys, "key", 1) == 1) {
        r.r2++;
      }
    }
  }

  @JCStressTest
  @Outcome(id = "1, 3", expect = ACCEPTABLE, desc = "Cancelled: all three are back.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Granted: they are its own.")
  @State
  public static class CancelAgainstAlarm {
    private final AlarmClock clock = new AlarmClock();
    private final LeasedBucket bucket = new LeasedBucket(Buckets.paced(3), clock, 0);
    private final CompletableFuture<Long> later;

    public CancelAgainstAlarm() {
      Buckets.take(bucket, 3);
      later = bucket.takeLater(3, 3 * Buckets.SECOND);
      clock.now = 3 * Buckets.SECOND;
    }

    @Actor
    public void alarm() {
      clock.alarm.complete(null);
    }

    @Actor
    public void cancel(II_Result r) {
      r.r1 = later.cancel(false) ? 1 : 0;
    }

    @Arbiter
    public void left(II_Result r) {
      ForkJoinPool.commonPool().awaitQuiescence(1, TimeUnit.MINUTES);
      r.r2 = Buckets.drain(bucket);
    }
  }

  /** It has been admitted; the pool is about to complete it. */
  @JCStressTest
  @Outcome(id = "1, 0, 3", expect = ACCEPTABLE, desc = "Cancelled: all three are back.")
  @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "Delivered: they are its own.")
  @State
  public static class CancelAgainstDelivery {
    private static final Limits LIMITS = Limits.of(Buckets.paced(3));

    private final AlarmClock clock = new AlarmClock();
    private final Deque<Runnable> deliveries = new ArrayDeque<>();
    private final KeyBucket bucket = new KeyBucket(LIMITS, 0);
    private final Turnstile turnstile = new Turnstile(LIMITS, clock, deliveries::add);
    private final CompletableFuture<Long> later;

    public CancelAgainstDelivery() {
      turnstile.take(bucket, 3, 0);
      later = turnstile.takeLater(bucket, 3, 3 * Buckets.SECOND);
      clock.now = 3 * Buckets.SECOND;
      clock.alarm.complete(null);
    }

    @Actor
    public void deliver() {
      deliveries.remove().run();
    }

    @Actor
    public void cancel(III_Result r) {
      r.r1 = later.cancel(false) ? 1 : 0;
    }

    @Arbiter
    public void left(III_Result r) {
      r.r2 = later.isCancelled() ? 0 : 1;
      r.r3 = (int) turnstile.available(bucket);
    }
  }
}
