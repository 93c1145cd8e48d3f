package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.limiter.FakeTicker;
import dev.tollgate.limiter.LimiterMode;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.RateLimiter;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RateLimitersCheckTest {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 1);
  private final LimiterRegistry registry = new LimiterRegistry(ticker);
  private final RateLimitersCheck check =
      new RateLimitersCheck(registry::stats, this::mode, ticker, HealthConfig.DEFAULT);

  /** Ten calls pass, and no more. */
  private final RateLimiter limiter =
      registry.register("billing", RateLimitConfig.of(10, Duration.ofDays(300)));

  @BeforeEach
  void beginToLook() {
    check.check();
  }

  @Test
  void halfOfTheRequestsRejectedIsNotTooMany() {
    call(20);
    assertThat(check.check()).isEqualTo(HealthResult.healthy("6 limiters"));
  }

  @Test
  void moreThanHalfDegrades() {
    call(21);
    assertThat(check.check())
        .isEqualTo(
            HealthResult.degraded("billing rejected 52.4 % of 21 requests in the last minute"));
  }

  @Test
  void nineteenRequestsSayNothing() {
    call(10);
    runFor(Duration.ofMinutes(1));
    call(19);
    assertThat(check.check().status()).isEqualTo(HealthStatus.HEALTHY);
    call(1);
    assertThat(check.check().status()).isEqualTo(HealthStatus.DEGRADED);
  }

  @Test
  void whatWasRejectedMoreThanAMinuteAgoIsForgotten() {
    call(1_000);
    assertThat(check.check().status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(runFor(Duration.ofSeconds(50)).status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(runFor(EVERY).status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void whatWasAdmittedLongAgoHidesNoRejections() {
    RateLimiter busy = registry.register("busy", RateLimitConfig.of(100_000, Duration.ofDays(300)));
    for (int i = 0; i < 100_000; i++) {
      busy.tryAcquire();
    }
    runFor(Duration.ofMinutes(2));
    for (int i = 0; i < 20; i++) {
      busy.tryAcquire();
    }
    assertThat(check.check().detail())
        .isEqualTo("busy rejected 100.0 % of 20 requests in the last minute");
  }

  @Test
  void aLimiterThatComesLaterIsWatchedFromItsFirstCall() {
    runFor(Duration.ofMinutes(5));
    registry.register("late", RateLimitConfig.of(1, Duration.ofDays(300)));
    for (int i = 0; i < 20; i++) {
      registry.get("late").tryAcquire();
    }
    assertThat(check.check().detail()).startsWith("late rejected 95.0 %");
  }

  @Test
  void whatWasCountedBeforeTheFirstLookIsNotOfTheLastMinute() {
    call(1_000);
    RateLimitersCheck late =
        new RateLimitersCheck(registry::stats, this::mode, ticker, HealthConfig.DEFAULT);
    assertThat(late.check()).isEqualTo(HealthResult.healthy("6 limiters"));
    call(20);
    assertThat(late.check().detail()).startsWith("billing rejected 100.0 % of 20 requests");
  }

  @Test
  void whatWasOnlyObservedIsNotRejected() {
    registry.mode("billing", LimiterMode.OBSERVE);
    call(1_000);
    assertThat(limiter.stats().rejectedRequests()).isPositive();
    assertThat(check.check()).isEqualTo(HealthResult.healthy("6 limiters"));
    assertThat(runFor(Duration.ofSeconds(30)).status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void whatWasObservedBeforeALimiterIsEnforcedIsNotRejected() {
    registry.mode("billing", LimiterMode.OBSERVE);
    runFor(EVERY);
    call(1_000);
    registry.mode("billing", LimiterMode.ENFORCE);
    assertThat(check.check().status()).isEqualTo(HealthStatus.HEALTHY);
    call(20);
    assertThat(check.check().detail())
        .isEqualTo("billing rejected 100.0 % of 20 requests in the last minute");
  }

  @Test
  void whatWasRejectedBeforeALimiterOnlyObservesIsForgottenAMinuteLater() {
    call(1_000);
    assertThat(check.check().status()).isEqualTo(HealthStatus.DEGRADED);
    registry.mode("billing", LimiterMode.OBSERVE);
    call(1_000);
    assertThat(check.check().detail()).contains("of 1000 requests");
    assertThat(runFor(Duration.ofMinutes(1)).status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void aLimiterThatComesLaterAndOnlyObservesRejectsNothing() {
    RateLimitConfig config = RateLimitConfig.of(1, Duration.ofDays(300));
    RateLimiter late = registry.register("late", config.withMode(LimiterMode.OBSERVE));
    for (int i = 0; i < 40; i++) {
      late.tryAcquire();
    }
    assertThat(check.check().status()).isEqualTo(HealthStatus.HEALTHY);
  }

  private LimiterMode mode(String name) {
    return registry.get(name).config().mode();
  }

  private void call(int times) {
    for (int i = 0; i < times; i++) {
      limiter.tryAcquire();
    }
  }

  private HealthResult runFor(Duration duration) {
    HealthResult result = check.check();
    for (long left = duration.toSeconds(); left > 0; left -= EVERY.toSeconds()) {
      ticker.advance(EVERY.toNanos());
      result = check.check();
    }
    return result;
  }
}
