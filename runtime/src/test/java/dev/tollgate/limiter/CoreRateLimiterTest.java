package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.RateLimitExceededException;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CoreRateLimiterTest {
  private static final long SECOND = 1_000_000_000L;

  private final FakeTicker ticker = new FakeTicker();

  /** Two tokens, one more each second. */
  private final RateLimiter limiter =
      new CoreRateLimiter(
          new LocalCore(
              "api",
              RateLimitConfig.of(1, Duration.ofSeconds(1))
                  .withCapacity(2)
                  .withTimeout(Duration.ofMillis(1_500)),
              ticker));

  @AfterEach
  void noInterruptIsLeftBehind() {
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void tryAcquireNeverWaits() {
    assertThat(limiter.tryAcquire()).isTrue();
    assertThat(limiter.tryAcquire(2)).isFalse();
    assertThat(limiter.tryAcquire(1)).isTrue();
    assertThat(limiter.tryAcquire()).isFalse();
    assertThat(limiter.tryAcquire(0)).isTrue();
    assertThat(limiter.tryAcquire(3)).isFalse();
    assertThat(ticker.parks()).isZero();
  }

  @Test
  void tryAcquireWithATimeoutWaitsThatLongAndNoLonger() throws Exception {
    limiter.tryAcquire(2);
    assertThat(limiter.tryAcquire(1, Duration.ofNanos(SECOND - 1))).isFalse();
    assertThat(limiter.tryAcquire(1, Duration.ZERO)).isFalse();
    assertThat(limiter.tryAcquire(3, ChronoUnit.FOREVER.getDuration())).isFalse();
    assertThat(ticker.parks()).isZero();
    BackgroundCall<Boolean> call =
        BackgroundCall.start(() -> limiter.tryAcquire(1, Duration.ofSeconds(1)));
    ticker.awaitParked(1);
    ticker.advance(SECOND);
    assertThat(call.result()).isTrue();
  }

  @Test
  void tryAcquireWithATimeoutThrowsWhenInterruptedAndTakesNothing() {
    limiter.tryAcquire(2);
    BackgroundCall<Boolean> call =
        BackgroundCall.start(
            () -> {
              assertThatThrownBy(() -> limiter.tryAcquire(1, Duration.ofSeconds(9)))
                  .isInstanceOf(InterruptedException.class);
              return Thread.currentThread().isInterrupted();
            });
    ticker.awaitParked(1);
    call.interrupt();
    assertThat(call.result()).as("interrupt flag, as always with InterruptedException").isFalse();
    assertThat(limiter.retryAfter(1)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void anInterruptedCallerWhoseTokenIsThereKeepsItsFlag() throws Exception {
    Thread.currentThread().interrupt();
    assertThat(limiter.tryAcquire(1, Duration.ofSeconds(9))).isTrue();
    limiter.acquire();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aNegativeTimeoutOrWeightIsAnError() {
    assertThatThrownBy(() -> limiter.tryAcquire(1, Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limiter.tryAcquire(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limiter.acquire(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limiter.retryAfter(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(limiter.availablePermits()).isEqualTo(2);
  }

  @Test
  void acquireThrowsAtOnceWhereTheLimitersTimeoutIsTooShort() throws Exception {
    limiter.acquire(2);
    RateLimitExceededException refused =
        catchThrowableOfType(RateLimitExceededException.class, () -> limiter.acquire(2));
    assertThat(refused)
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("Rate limit 'api' refused the call: retry after 2s")
        .hasNoCause();
    assertThat(refused.limiter()).isEqualTo("api");
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(2));
    assertThat(ticker.parks()).isZero();
  }

  @Test
  void acquireOfMoreThanTheCapacityIsRefusedForEver() {
    RateLimitExceededException refused =
        catchThrowableOfType(RateLimitExceededException.class, () -> limiter.acquire(3));
    assertThat(refused.retryAfter()).isEqualTo(ChronoUnit.FOREVER.getDuration());
    assertThat(limiter.retryAfter(3)).isEqualTo(ChronoUnit.FOREVER.getDuration());
    assertThat(limiter.availablePermits()).isEqualTo(2);
  }

  @Test
  void acquireThrowsWhenInterruptedAndTakesNothing() throws Exception {
    limiter.acquire(2);
    BackgroundCall<Boolean> call =
        BackgroundCall.start(
            () -> {
              assertThatThrownBy(() -> limiter.acquire()).isInstanceOf(InterruptedException.class);
              return Thread.currentThread().isInterrupted();
            });
    ticker.awaitParked(1);
    call.interrupt();
    assertThat(call.result()).as("interrupt flag").isFalse();
    assertThat(limiter.retryAfter(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(limiter.stats().rejectedRequests()).isOne();
  }

  @Test
  void aScopedCallIsInFlightUntilItsPermitIsClosed() throws Exception {
    Permit first = limiter.limit();
    try (Permit second = limiter.limit()) {
      assertThat(second).isNotSameAs(first);
      assertThat(limiter.stats().inFlight()).isEqualTo(2);
    }
    assertThat(limiter.stats().inFlight()).isOne();
    first.close();
    first.close();
    first.close();
    assertThat(limiter.stats().inFlight()).isZero();
    assertThat(limiter.availablePermits()).as("closing gives no token back").isZero();
  }

  @Test
  void aRefusedScopedCallIsNotInFlight() throws Exception {
    limiter.acquire(2);
    Permit third = inBackground();
    assertThat(limiter.stats().inFlight()).isOne();
    BackgroundCall<Permit> fourth = BackgroundCall.start(limiter::limit);
    ticker.awaitParked(1);
    assertThatThrownBy(limiter::limit).isInstanceOf(RateLimitExceededException.class);
    assertThat(limiter.stats().inFlight()).isOne();
    fourth.interrupt();
    assertThat(fourth.failure()).isInstanceOf(InterruptedException.class);
    assertThat(limiter.stats().inFlight()).isOne();
    third.close();
    assertThat(limiter.stats().inFlight()).isZero();
  }

  @Test
  void callReturnsWhatTheBodyReturnsAndIsInFlightMeanwhile() throws Exception {
    String result =
        limiter.call(
            () -> {
              assertThat(limiter.stats().inFlight()).isOne();
              return "done";
            });
    assertThat(result).isEqualTo("done");
    assertThat(limiter.stats().inFlight()).isZero();
    assertThat(limiter.availablePermits()).isOne();
  }

  @Test
  void theBodysExceptionsPassAndEndTheFlight() {
    IOException failure = new IOException("the body's own");
    assertThatThrownBy(
            () ->
                limiter.call(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    IllegalStateException other = new IllegalStateException();
    assertThatThrownBy(
            () ->
                limiter.run(
                    () -> {
                      throw other;
                    }))
        .isSameAs(other);
    assertThat(limiter.stats().inFlight()).isZero();
    assertThat(limiter.availablePermits()).isZero();
  }

  @Test
  void runRunsTheBodyOnceWithItsToken() {
    int[] runs = new int[1];
    limiter.run(
        () -> {
          runs[0]++;
          assertThat(limiter.stats().inFlight()).isOne();
        });
    assertThat(runs[0]).isOne();
    assertThat(limiter.stats().inFlight()).isZero();
    assertThat(limiter.availablePermits()).isOne();
  }

  @Test
  void aRefusedRunDoesNotRunTheBody() throws Exception {
    limiter.acquire(2);
    BackgroundCall<Object> waits = BackgroundCall.start(() -> limiter.call(() -> "ran"));
    ticker.awaitParked(1);
    assertThatThrownBy(() -> limiter.run(() -> throwAssertion()))
        .isInstanceOf(RateLimitExceededException.class)
        .hasNoCause();
    assertThatThrownBy(() -> limiter.call(() -> throwAssertion()))
        .isInstanceOf(RateLimitExceededException.class);
    ticker.advance(SECOND);
    assertThat(waits.result()).isEqualTo("ran");
  }

  @Test
  void anInterruptedRunThrowsWithTheFlagSetAgainAndTheInterruptAsItsCause() throws Exception {
    limiter.acquire(2);
    BackgroundCall<RateLimitExceededException> call =
        BackgroundCall.start(
            () -> {
              RateLimitExceededException refused =
                  catchThrowableOfType(
                      RateLimitExceededException.class, () -> limiter.run(() -> throwAssertion()));
              assertThat(Thread.currentThread().isInterrupted()).isTrue();
              return refused;
            });
    ticker.awaitParked(1);
    call.interrupt();
    assertThat(call.result())
        .hasCauseInstanceOf(InterruptedException.class)
        .hasMessage("Interrupted while waiting for rate limit 'api'");
    assertThat(call.result().limiter()).isEqualTo("api");
    assertThat(limiter.stats().inFlight()).isZero();
    assertThat(limiter.retryAfter(1)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void looksWithoutTaking() {
    assertThat(limiter.retryAfter(1)).isZero();
    assertThat(limiter.retryAfter(2)).isZero();
    assertThat(limiter.availablePermits()).isEqualTo(2);
    limiter.tryAcquire(2);
    assertThat(limiter.retryAfter(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(limiter.retryAfter(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(limiter.stats().totalRequests()).isOne();
  }

  @Test
  void statsTellWhatHappened() throws Exception {
    limiter.acquire(2);
    Permit permit = inBackground();
    limiter.tryAcquire();
    BackgroundCall<Boolean> waiting =
        BackgroundCall.start(() -> limiter.tryAcquire(1, Duration.ofSeconds(1)));
    ticker.awaitParked(1);
    assertThat(limiter.stats())
        .isEqualTo(
            new RateLimiterStats(
                3, 2, 1, 1 / 3.0, Duration.ofMillis(500), Duration.ofSeconds(1), 1, 1, 0));
    permit.close();
    ticker.advance(4 * SECOND);
    assertThat(waiting.result()).isTrue();
    assertThat(limiter.stats())
        .isEqualTo(
            new RateLimiterStats(
                4, 3, 1, 0.25, Duration.ofNanos(5 * SECOND / 3), Duration.ofSeconds(4), 0, 0, 2));
  }

  @Test
  void saysItsName() {
    assertThat(limiter.name()).isEqualTo("api");
    assertThat(limiter).hasToString("RateLimiter[api]");
  }

  /** A permit that had to be waited for. */
  private Permit inBackground() {
    BackgroundCall<Permit> call = BackgroundCall.start(limiter::limit);
    ticker.awaitParked(1);
    ticker.advance(SECOND);
    return call.result();
  }

  private static Object throwAssertion() {
    throw new AssertionError("a refused body ran");
  }
}
