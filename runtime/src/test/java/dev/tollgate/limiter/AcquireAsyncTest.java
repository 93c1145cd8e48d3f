package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.RateLimitExceededException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@link RateLimiter#acquireAsync}. */
@Timeout(60)
class AcquireAsyncTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - SECOND);
  private final LocalCore core =
      new LocalCore("async", RateLimitConfig.of(1, Duration.ofSeconds(1)).withCapacity(2), ticker);
  private final RateLimiter limiter = new CoreRateLimiter(core);

  @Test
  void completesAtOnceOrWhenThePermitIsThere() {
    assertThat(limiter.acquireAsync(2, Duration.ZERO)).isCompleted();
    CompletableFuture<Void> later = limiter.acquireAsync();
    assertThat(later).isNotDone();
    ticker.advance(SECOND);
    assertThat(later.orTimeout(20, TimeUnit.SECONDS).join()).isNull();
    assertThat(limiter.stats().admittedRequests()).isEqualTo(2);
  }

  @Test
  void aRefusalIsAFailedFuture() {
    assertThatThrownBy(() -> limiter.acquireAsync(3, LONG).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(RateLimitExceededException.class);
    limiter.acquireAsync(2, Duration.ZERO);
    CompletableFuture<Void> later = limiter.acquireAsync(1, LONG);
    limiter.pauseFor(Duration.ofSeconds(60));
    assertThatThrownBy(() -> later.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RateLimitExceededException.class)
        .hasMessageContaining("retry after 61s");
  }

  @Test
  void cancelledBeforeItGivesThePermitBack() {
    limiter.acquireAsync(2, Duration.ZERO);
    CompletableFuture<Void> cancelled = limiter.acquireAsync(1, LONG);
    CompletableFuture<Void> behind = limiter.acquireAsync(1, LONG);
    assertThat(cancelled.cancel(true)).isTrue();
    assertThat(cancelled).isCancelled();
    assertThat(cancelled.cancel(true)).isTrue();
    ticker.advance(SECOND);
    assertThat(behind.orTimeout(20, TimeUnit.SECONDS).join()).isNull();
    assertThatThrownBy(cancelled::join).isInstanceOf(CancellationException.class);
    assertThat(limiter.stats().rejectedRequests()).isOne();
  }

  @Test
  void cancelledAfterwardsItStaysComplete() {
    CompletableFuture<Void> done = limiter.acquireAsync(1, LONG);
    assertThat(done.cancel(true)).isFalse();
    assertThat(done).isCompletedWithValue(null);
    assertThat(limiter.availablePermits()).isOne();
  }

  @Test
  void whoTimesOutOrFailsItGivesThePermitBackToo() throws Exception {
    limiter.acquireAsync(2, Duration.ZERO);
    CompletableFuture<Void> timedOut = limiter.acquireAsync(1, LONG);
    assertThatThrownBy(() -> timedOut.orTimeout(1, TimeUnit.NANOSECONDS).get())
        .hasCauseInstanceOf(TimeoutException.class);
    CompletableFuture<Void> failed = limiter.acquireAsync(1, LONG);
    failed.completeExceptionally(new IllegalStateException("on purpose"));
    // Its own thread gives back right after it has completed the future.
    while (limiter.stats().waiting() > 0) {
      Thread.onSpinWait();
    }
    ticker.advance(SECOND);
    assertThat(limiter.tryAcquire()).isTrue();
    assertThat(ticker.alarms()).isZero();
  }

  @Test
  void whatDependsOnItMayBeCancelledAndChangesNothing() {
    limiter.acquireAsync(2, Duration.ZERO);
    CompletableFuture<Void> later = limiter.acquireAsync(1, LONG);
    later.thenRun(() -> {}).cancel(false);
    assertThat(limiter.stats().waiting()).isOne();
    ticker.advance(SECOND);
    assertThat(later.orTimeout(20, TimeUnit.SECONDS).join()).isNull();
  }

  @Test
  void badArgumentsAreErrorsAtTheCall() {
    assertThatThrownBy(() -> limiter.acquireAsync(-1, LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limiter.acquireAsync(1, Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limiter.pauseFor(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pause is PT-0.000000001S; it must be 0 or more");
    assertThat(limiter.stats().totalRequests()).isZero();
  }

  @Test
  void aChangeShowsInTheConfigurationAndWakesWhoWaits() {
    limiter.acquireAsync(2, Duration.ZERO);
    CompletableFuture<Void> later = limiter.acquireAsync(1, LONG);
    RateLimitConfig faster = RateLimitConfig.of(10, Duration.ofSeconds(1)).withCapacity(2);
    limiter.reconfigure(faster);
    assertThat(limiter.config()).isEqualTo(faster);
    ticker.advance(SECOND / 10);
    assertThat(later.orTimeout(20, TimeUnit.SECONDS).join()).isNull();
  }
}
