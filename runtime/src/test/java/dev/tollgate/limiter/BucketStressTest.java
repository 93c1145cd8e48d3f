package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/**
 * Threads that take, wait, and are interrupted, all at once. However they interleave: a bucket that
 * is never full in between gives what it held and what came in, and not one token more or less.
 */
@Timeout(60)
class BucketStressTest {
  private static final int THREADS = 6;
  private static final int STEPS = 1_500;
  private static final long CAPACITY = 100_000;
  private static final RateLimitConfig CONFIG =
      RateLimitConfig.of(7, Duration.ofNanos(9_000)).withCapacity(CAPACITY);

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 1_000_000);
  private final LeasedBucket bucket = new LeasedBucket(CONFIG, ticker);
  private final AtomicBoolean over = new AtomicBoolean();

  @RepeatedTest(5)
  void noTokenIsLostAndNoneIsMade() {
    assertThat(bucket.take(CAPACITY, 0)).isZero();
    List<BackgroundCall<Long>> callers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long seed = i;
      callers.add(BackgroundCall.start(() -> takeAndGiveUp(new Numbers(seed))));
    }
    Numbers numbers = new Numbers(99);
    long elapsed = 0;
    TokenBucket.Tally before = bucket.tally();
    for (int step = 0; step < STEPS; step++) {
      long nanos = numbers.between(0, 20_000);
      ticker.advance(nanos);
      elapsed += nanos;
      if (numbers.oneIn(2)) {
        callers.get(numbers.below(THREADS)).interrupt();
      }
      TokenBucket.Tally now = bucket.tally();
      assertThat(now.admitted()).isGreaterThanOrEqualTo(before.admitted());
      assertThat(now.rejected()).isGreaterThanOrEqualTo(before.rejected());
      assertThat(now.maxWaitNanos()).isGreaterThanOrEqualTo(before.maxWaitNanos());
      assertThat(now.waiting()).isBetween(0, THREADS);
      before = now;
      Thread.yield();
    }
    over.set(true);
    long granted = 0;
    for (BackgroundCall<Long> caller : callers) {
      while (!caller.isDone()) {
        ticker.advance(1_000);
        elapsed += 1_000;
        Thread.yield();
      }
      granted += caller.result();
    }
    while (Outcome.granted(bucket.take(1, 0))) {
      granted++;
    }
    assertThat(elapsed).as("time, so that the bucket was never full").isLessThan(100_000_000);
    assertThat(granted).isEqualTo(elapsed * 7 / 9_000);
    assertThat(bucket.tally().waiting()).isZero();
  }

  private long takeAndGiveUp(Numbers numbers) {
    long granted = 0;
    while (!over.get()) {
      long weight = numbers.between(1, 40);
      long retryAfter = bucket.retryAfterNanos(weight);
      long arrival = ticker.nanos();
      long outcome = bucket.take(weight, numbers.oneIn(2) ? 0 : numbers.between(1, 500_000));
      if (Outcome.granted(outcome)) {
        granted += weight;
        assertThat(ticker.nanos() - arrival).isGreaterThanOrEqualTo(outcome);
      } else if (!Outcome.isInterrupted(outcome)) {
        assertThat(Outcome.retryAfterNanos(outcome)).as("after %d", retryAfter).isPositive();
      }
      Thread.interrupted();
    }
    return granted;
  }
}
