package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Where definitions, weights and waits meet their ends. */
class LimiterEdgesTest {
  private static final long SECOND = 1_000_000_000L;
  private final LeapingTicker leaping = new LeapingTicker(0);
  private final RateLimitConfig perSecond = RateLimitConfig.of(1, Duration.ofSeconds(1));

  @Test
  void aCallThatMeetsARedefinitionDoesNotGetMoreThanTheNewCapacity() {
    LeasedBucket bucket = new LeasedBucket(perSecond.withCapacity(100), leaping);
    ReentrantLock lock = Locks.of(bucket);
    lock.lock();
    BackgroundCall<Long> call = BackgroundCall.start(() -> bucket.take(50, 1_000 * SECOND));
    while (!lock.hasQueuedThreads()) {
      Thread.yield();
    }
    assertThat(bucket.resetIfUntouched(perSecond.withCapacity(10))).isTrue();
    lock.unlock();
    assertThat(call.result()).isEqualTo(Outcome.NEVER);
  }

  @Test
  void aPresetThatTheProgramRegisteredAlikeCannotBecomeAnother() {
    LimiterRegistry registry = new LimiterRegistry(leaping);
    registry.register("github_api", Presets.byName().get("github_api"));
    assertThatThrownBy(() -> registry.register("github_api", perSecond))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPresetThatConfigurationDefinesStaysAsConfiguredWhateverTheProgramSays() {
    LimiterRegistry registry =
        new LimiterRegistry(
            leaping,
            Map.of(
                "github_api",
                new RateLimitOverrides(
                    3L, Duration.ofMinutes(1), null, null, null, null, null, null, null)));
    RateLimiter limiter = registry.get("github_api");
    limiter.tryAcquire();
    assertThat(registry.register("github_api", perSecond)).isSameAs(limiter);
  }

  @Test
  void weightZeroNeverHasToWait() {
    LeasedBucket bucket = new LeasedBucket(perSecond, leaping);
    bucket.charge(1, 0);
    bucket.charge(1, 5 * SECOND);
    assertThat(bucket.take(0, 0)).isZero();
    assertThat(bucket.retryAfterNanos(0)).isZero();
  }

  @Test
  void conflictsSayWhatDiffers() {
    LimiterRegistry registry = new LimiterRegistry(leaping);
    registry.register("a", RateLimitConfig.of(1, Duration.ofMillis(1_001)));
    assertThatThrownBy(
            () -> registry.register("a", RateLimitConfig.of(1, Duration.ofMillis(1_002))))
        .hasMessageContaining("1.001")
        .hasMessageContaining("1.002");
  }

  @Test
  void aWaitBeyondTheLongestIsRefusedHoweverLongTheCallerWouldWait() {
    RateLimitConfig slow = RateLimitConfig.of(1, Duration.ofDays(366)).withCapacity(1_000_000_000L);
    LocalCore core = new LocalCore("slow", slow, leaping);
    assertThat(core.take(1_000_000_000L, Long.MAX_VALUE)).isZero();
    assertThat(core.take(1_000_000_000L, Long.MAX_VALUE)).isNegative();
  }
}
