package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of several threads on a bucket that leases, against {@link ExactBucket}: never a
 * grant that the exact bucket would not give, never a refusal of what it holds beyond the leases.
 */
class LeasedScheduleTest {
  private static final int SCHEDULES = 3_000;
  private static final int STEPS = 60;
  private static final long LONGEST_IDLE = (1L << 62) - 1;

  @Test
  void neverMoreThanTheBoundAndNeverLessThanTheBoundWithoutTheLeases() {
    try (Callers callers = new Callers(4)) {
      for (int seed = 0; seed < SCHEDULES; seed++) {
        new Schedule(seed, callers).run();
      }
    }
  }

  private static final class Schedule {
    private final String what;
    private final Numbers numbers;
    private final Callers callers;
    private final RateLimitConfig config;
    private final LeapingTicker ticker;
    private final LeasedBucket bucket;
    private final ExactBucket exact;
    private long admitted;
    private long rejected;
    private boolean idled;

    Schedule(long seed, Callers callers) {
      numbers = new Numbers(seed);
      this.callers = callers;
      long permits = numbers.between(1_000, 1_000_000_000);
      config =
          RateLimitConfig.of(permits, Duration.ofSeconds(1))
              .withCapacity(numbers.between(1, 2_000));
      what = "seed " + seed + ", " + config;
      ticker = new LeapingTicker(Long.MAX_VALUE - numbers.between(0, LONGEST_IDLE));
      bucket = new LeasedBucket(config, ticker, 1 << numbers.below(3));
      exact = new ExactBucket(config);
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        if (numbers.oneIn(3)) {
          idle();
        }
        int caller = numbers.below(callers.count());
        if (numbers.oneIn(4)) {
          request(caller, numbers.between(1, config.capacity()));
        } else {
          callers.as(
              caller,
              () -> {
                for (long left = numbers.between(1, config.capacity()); left > 0; left--) {
                  request(1);
                }
                return null;
              });
        }
        if (numbers.oneIn(4)) {
          long available = bucket.available();
          assertThat(available).as("%s: available", what).isBetween(least(), exact.available());
        }
      }
      TokenBucket.Tally tally = bucket.tally();
      assertThat(tally.admitted()).as("%s: admitted", what).isEqualTo(admitted);
      assertThat(tally.rejected()).as("%s: rejected", what).isEqualTo(rejected);
    }

    private void request(int caller, long weight) {
      callers.as(
          caller,
          () -> {
            request(weight);
            return null;
          });
    }

    private void request(long weight) {
      long wait = exact.waitFor(weight);
      long outcome = bucket.take(weight, 0);
      if (Outcome.granted(outcome)) {
        admitted++;
        if (wait != 0) {
          assertThat(wait).as("%s: wait of what was granted, %s", what, weight).isZero();
        }
        exact.spend(weight);
      } else {
        rejected++;
        if (weight <= least()) {
          assertThat(weight).as("%s: refused", what).isGreaterThan(least());
        }
        if (Outcome.retryAfterNanos(outcome) < wait) {
          assertThat(Outcome.retryAfterNanos(outcome))
              .as("%s: promise for %s", what, weight)
              .isGreaterThanOrEqualTo(wait);
        }
      }
    }

    /** Before it has idled, all of it: at one instant nothing is kept back. */
    private long least() {
      return idled ? exact.available() - config.capacity() / 4 : exact.available();
    }

    private void idle() {
      idled = true;
      long toFull = config.capacity() * 1_000_000_000 / config.permits();
      long nanos =
          numbers.oneIn(20)
              ? numbers.between(0, LONGEST_IDLE / STEPS)
              : numbers.between(0, 2 * toFull);
      ticker.advance(nanos);
      exact.advance(nanos);
    }
  }
}
