package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.UnknownLimiterException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Without an agent in this JVM. The limiters are the JVM's own, so each test has its own name. */
class RateLimitersTest {
  private final RateLimitConfig config = RateLimitConfig.of(5, Duration.ofHours(1));

  @Test
  void havePresets() {
    assertThat(RateLimiters.get("github_api").config())
        .isEqualTo(Presets.byName().get("github_api"));
    assertThat(RateLimiters.get("github_api")).isSameAs(RateLimiters.get("github_api"));
  }

  @Test
  void areRegisteredOnce() {
    RateLimiter limiter = RateLimiters.register("once", config);
    assertThat(RateLimiters.register("once", config)).isSameAs(limiter);
    assertThat(RateLimiters.get("once")).isSameAs(limiter);
    assertThatThrownBy(() -> RateLimiters.register("once", config.withBurst(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void reallyLimit() {
    RateLimiter limiter = RateLimiters.register("limited", config);
    for (int i = 0; i < 5; i++) {
      assertThat(limiter.tryAcquire()).isTrue();
    }
    assertThat(limiter.tryAcquire()).isFalse();
    assertThat(RateLimiters.stats().get("limited").admittedRequests()).isEqualTo(5);
    assertThat(RateLimiters.stats().get("limited").rejectedRequests()).isOne();
  }

  @Test
  void thatNobodyDefinedAreAnErrorThatListsThoseThatExist() {
    assertThatThrownBy(() -> RateLimiters.get("nobody"))
        .isInstanceOf(UnknownLimiterException.class)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'nobody'")
        .hasMessageContaining("github_api")
        .hasMessageContaining("web_research");
  }

  @Test
  void haveNamesThatCanBe() {
    assertThatThrownBy(() -> RateLimiters.register("not.a.name", config))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void arePausedWhereAResponseAsksForIt() {
    RateLimiter limiter = RateLimiters.register("asked", config);

    assertThat(RateLimiters.onResponse("asked", Map.of("Retry-After", List.of("330"))))
        .isEqualTo(Duration.ofSeconds(330));

    assertThat(limiter.tryAcquire()).isFalse();
    assertThat(limiter.retryAfter(1)).isGreaterThan(Duration.ofSeconds(300));
  }

  @Test
  void stayAsTheyAreWhereAResponseAsksForNothing() {
    RateLimiter limiter = RateLimiters.register("unasked", config);

    assertThat(RateLimiters.onResponse(limiter, Map.of("Retry-After", List.of("soon")))).isZero();

    assertThat(limiter.availablePermits()).isEqualTo(5);
    assertThatThrownBy(() -> RateLimiters.onResponse("nobody", Map.of()))
        .isInstanceOf(UnknownLimiterException.class);
  }
}
