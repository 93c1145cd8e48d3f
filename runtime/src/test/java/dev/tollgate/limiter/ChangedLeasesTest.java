package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change, or a pause, finds what lies in the cells. */
class ChangedLeasesTest {
  private static final RateLimitConfig A_MILLION_A_SECOND =
      RateLimitConfig.of(1_000_000, Duration.ofSeconds(1));

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 1_000);

  @Test
  void aChangeDrainsTheCells() {
    LeasedBucket bucket = new LeasedBucket(A_MILLION_A_SECOND.withCapacity(100), ticker, 1);
    // Leaves 25 in its cell.
    assertThat(bucket.take(1, 0)).isZero();
    assertThat(bucket.take(74, 0)).isZero();
    bucket.change(A_MILLION_A_SECOND.withCapacity(4));
    assertThat(bucket.available()).isOne();
    assertThat(drain(bucket)).isOne();
    assertThat(bucket.tally().admitted()).isEqualTo(3);
  }

  @Test
  void aChangeToARateThatLeasesNothingDrainsThemToo() {
    LeasedBucket bucket = new LeasedBucket(A_MILLION_A_SECOND.withCapacity(100), ticker, 1);
    bucket.take(1, 0);
    bucket.take(74, 0);
    bucket.change(RateLimitConfig.of(1, Duration.ofDays(1)).withCapacity(4));
    assertThat(drain(bucket)).isOne();
    assertThat(bucket.tally().admitted()).isEqualTo(3);
  }

  @Test
  void aPauseDrainsTheCells() {
    LeasedBucket bucket = new LeasedBucket(A_MILLION_A_SECOND.withCapacity(100), ticker, 1);
    bucket.take(1, 0);
    bucket.pauseFor(5_000);
    assertThat(drain(bucket)).isZero();
    ticker.advance(4_999);
    assertThat(drain(bucket)).isZero();
    ticker.advance(1_001);
    assertThat(drain(bucket)).isOne();
  }

  /**
   * The refill that a change begins with reads the clock again, and no pause goes on until then.
   */
  @Test
  void aChangeWhileTimeGoesByTakesNothingForAPause() {
    RateLimitConfig config = A_MILLION_A_SECOND.withCapacity(100);
    LeasedBucket bucket = new LeasedBucket(config, new SlowTicker(1), 1);
    bucket.take(1, 0);
    bucket.take(74, 0);
    bucket.change(config);
    assertThat(bucket.available()).isEqualTo(25);
  }

  /** Lease 25, of which the thread takes some while a change counts what is left. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatLeftTheCellsDuringAChangeIsNotOnLeaseAfterIt(int look) {
    Meanwhile ticker = new Meanwhile();
    LeasedBucket bucket = new LeasedBucket(A_MILLION_A_SECOND.withCapacity(100), ticker, 1);
    bucket.take(1, 0);
    bucket.take(74, 0);
    ticker.happens = () -> bucket.take(1, 0);
    ticker.looksUntil = look;
    bucket.change(RateLimitConfig.of(1, Duration.ofNanos(1_000)).withCapacity(1));
    ticker.looksUntil = 0;
    ticker.now += 1_000_000;
    assertThat(bucket.available()).isOne();
    assertThat(bucket.take(1, 0)).isZero();
  }

  private static int drain(LimiterBucket bucket) {
    int taken = 0;
    while (Outcome.granted(bucket.take(1, 0))) {
      taken++;
    }
    return taken;
  }

  /** A clock that lets something happen at one of the next looks at it. */
  private static final class Meanwhile implements Ticker {
    Runnable happens = () -> {};
    int looksUntil;
    long now = 7;

    @Override
    public long nanos() {
      looksUntil--;
      if (looksUntil == 0) {
        happens.run();
      }
      return now;
    }

    @Override
    public void park(Object blocker, long nanos) {
      throw new AssertionError("nobody was to wait");
    }
  }
}
