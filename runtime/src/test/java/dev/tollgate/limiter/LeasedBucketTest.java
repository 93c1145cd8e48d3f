package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bucket whose tokens lie in several threads' cells, in a time that the test moves. */
class LeasedBucketTest {
  private static final int CELLS = 4;
  private static final long CAPACITY = 10_000;
  private static final long MILLI = 1_000_000;

  /** A lease of such a bucket: what comes in 1 ms, 625 at most. */
  private static final long LEASE = 100;

  private static final RateLimitConfig CONFIG =
      RateLimitConfig.of(100_000, Duration.ofSeconds(1)).withCapacity(CAPACITY);

  private final Callers callers = new Callers(CELLS);
  private final LeapingTicker ticker = new LeapingTicker(Long.MAX_VALUE - 3 * MILLI);
  private final LeasedBucket bucket = new LeasedBucket(CONFIG, ticker, CELLS);

  @AfterEach
  void stopCallers() {
    callers.close();
  }

  @Test
  void aBurstFromOneThreadGetsExactlyTheCapacity() {
    assertThat(takeAll(0)).isEqualTo(CAPACITY);
    assertThat(takeAll(0)).isZero();
  }

  @Test
  void aBurstFromManyThreadsGetsExactlyTheCapacity() {
    for (int i = 0; i < CELLS; i++) {
      assertThat(take(i, 1)).isZero();
    }
    long granted = CELLS;
    for (int i = 0; i < CELLS; i++) {
      granted += takeAll(i);
    }
    assertThat(granted).isEqualTo(CAPACITY);
  }

  @Test
  void whatLiesInTheCellsOfOthersIsNotRefused() {
    for (int i = 1; i < CELLS; i++) {
      assertThat(take(i, 1)).isZero();
    }
    assertThat(take(0, CAPACITY - (CELLS - 1))).isZero();
    assertThat(take(0, 1)).isEqualTo(Outcome.refused(10_000));
  }

  @Test
  void whatLiesInTheCellsIsAvailableAndNotYetAdmitted() {
    for (int i = 0; i < CELLS; i++) {
      assertThat(take(i, 1)).isZero();
    }
    assertThat(bucket.available()).isEqualTo(CAPACITY - CELLS);
    assertThat(bucket.tally().admitted()).isEqualTo(CELLS);
    assertThat(bucket.retryAfterNanos(CAPACITY - CELLS)).isZero();
    assertThat(bucket.tally().admitted()).isEqualTo(CELLS);
  }

  @Test
  void aWaitingCallOfTheWholeCapacityLeavesNothingInTheCells() {
    assertThat(take(0, 1)).isZero();
    // The token that is missing, and 10 µs for it.
    assertThat(bucket.charge(CAPACITY, MILLI)).isEqualTo(10_000);
    for (int i = 0; i < CELLS; i++) {
      assertThat(take(i, 1)).isEqualTo(Outcome.refused(20_000));
    }
  }

  @Test
  void cellsThatAreEmptiedAfterALongIdleTimeAreNotCreditedAsIfEmptiedBefore() {
    for (int i = 0; i < CELLS; i++) {
      assertThat(take(i, 1)).isZero();
    }
    // An hour: the bucket is full, save for what the cells hold and what may have gone since.
    ticker.advance(3_600_000 * MILLI);
    long granted = 0;
    for (int i = 0; i < CELLS; i++) {
      for (long left = LEASE - 1; left > 0; left--) {
        assertThat(take(i, 1)).isZero();
        granted++;
      }
    }
    for (int i = 0; i < CELLS; i++) {
      granted += takeAll(i);
    }
    assertThat(granted).isBetween(CAPACITY - CELLS * LEASE, CAPACITY);
  }

  /** Arrives, finds its cell empty, and is suspended between the clock and the lock. */
  @Test
  void cellsThatAreEmptiedWhileARefillIsSuspendedAreNotCreditedTwice() {
    SuspendedTicker suspended = new SuspendedTicker();
    LeasedBucket bucket = new LeasedBucket(CONFIG, suspended, CELLS);
    // All cells hold a lease but the last caller's, and the level is full up to what they hold.
    for (int i = 0; i < CELLS - 1; i++) {
      assertThat(callers.as(i, () -> bucket.take(1, 0))).isZero();
    }
    suspended.now += 3_600_000 * MILLI;
    assertThat(bucket.available()).isLessThanOrEqualTo(CAPACITY);
    long[] granted = {0};
    suspended.meanwhile =
        () -> {
          suspended.now += 10 * MILLI;
          for (int i = 0; i < CELLS - 1; i++) {
            granted[0] += takeFromCell(i, bucket);
          }
        };
    granted[0] += callers.as(CELLS - 1, () -> bucket.take(1, 0)) == 0 ? 1 : 0;
    // One more nanosecond, and the next refill.
    suspended.now += 1;
    granted[0] +=
        callers.as(CELLS - 1, () -> bucket.take(CAPACITY - LEASE, 0)) == 0 ? CAPACITY - LEASE : 0;
    for (int i = 0; i < CELLS; i++) {
      int caller = i;
      granted[0] +=
          callers.as(
              caller,
              () -> {
                long more = 0;
                while (Outcome.granted(bucket.take(1, 0))) {
                  more++;
                }
                return more;
              });
    }
    assertThat(granted[0]).isLessThanOrEqualTo(CAPACITY);
  }

  private long takeFromCell(int caller, LeasedBucket bucket) {
    return callers.as(
        caller,
        () -> {
          for (long left = LEASE; left > 0; left--) {
            bucket.take(1, 0);
          }
          return LEASE;
        });
  }

  private static final class SuspendedTicker implements Ticker {
    long now;
    Runnable meanwhile;

    @Override
    public long nanos() {
      long read = now;
      if (meanwhile != null) {
        Runnable once = meanwhile;
        meanwhile = null;
        once.run();
      }
      return read;
    }

    @Override
    public void park(Object blocker, long nanos) {
      throw new AssertionError("nobody waits here");
    }
  }

  private long take(int caller, long weight) {
    return callers.as(caller, () -> bucket.take(weight, 0));
  }

  private long takeAll(int caller) {
    return callers.as(
        caller,
        () -> {
          long granted = 0;
          while (Outcome.granted(bucket.take(1, 0))) {
            granted++;
          }
          return granted;
        });
  }
}
