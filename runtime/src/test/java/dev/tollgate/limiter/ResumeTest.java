package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pause that is ended before it is over. */
@Timeout(60)
class ResumeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final RateLimitConfig TEN =
      RateLimitConfig.of(1, Duration.ofSeconds(1))
          .withCapacity(10)
          .withTimeout(Duration.ofHours(9));

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 3 * SECOND);
  private final LimiterRegistry registry = new LimiterRegistry(ticker);
  private final RateLimiter limiter = registry.register("api", TEN);
  private final LocalCore core = (LocalCore) Objects.requireNonNull(registry.findCore("api"));

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void beginsAgainEmpty(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN, ticker);
    long end = ticker.nanos() + 3600 * SECOND;
    bucket.pauseFor(3600 * SECOND);
    ticker.advance(60 * SECOND);
    bucket.resume(end);
    assertThat(bucket.available()).isZero();
    assertThat(bucket.take(1, 0)).isEqualTo(Outcome.refused(SECOND));
    ticker.advance(SECOND);
    assertThat(bucket.take(1, 0)).isZero();
    assertThat(bucket.take(1, 0)).isEqualTo(Outcome.refused(SECOND));
    ticker.advance(3600 * SECOND);
    assertThat(bucket.available()).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void thoseWhoWaitArePromisedEarlierMomentsInTheirOrder(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN, ticker);
    bucket.take(10, 0);
    long end = ticker.nanos() + 3600 * SECOND;
    CompletableFuture<Long> first = bucket.takeLater(2, 9000 * SECOND);
    BackgroundCall<Long> second = BackgroundCall.start(() -> bucket.take(1, 9000 * SECOND));
    ticker.awaitParked(1);
    bucket.pauseFor(3600 * SECOND);
    assertThat(ticker.untilAlarm()).isEqualTo(3602 * SECOND);
    ticker.advance(10 * SECOND);
    bucket.resume(end);
    assertThat(ticker.untilAlarm()).isEqualTo(2 * SECOND);
    ticker.advance(2 * SECOND - 1);
    assertThat(first).isNotDone();
    ticker.advance(1);
    assertThat(first.join()).isEqualTo(12 * SECOND);
    ticker.awaitParked(1);
    ticker.advance(SECOND);
    assertThat(second.result()).isEqualTo(13 * SECOND);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whatWasChargedInThePauseIsStillOwed(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(TEN, ticker);
    long end = ticker.nanos() + 100 * SECOND;
    bucket.pauseFor(100 * SECOND);
    assertThat(bucket.charge(5, 3600 * SECOND)).isEqualTo(105 * SECOND);
    bucket.resume(end);
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(6 * SECOND);
  }

  @Test
  void withoutAPauseItDoesNothing() {
    limiter.resume();
    assertThat(limiter.availablePermits()).isEqualTo(10);
    limiter.pauseFor(Duration.ofSeconds(5));
    ticker.advance(7 * SECOND);
    limiter.resume();
    assertThat(limiter.availablePermits()).isEqualTo(2);
    limiter.pauseFor(Duration.ofSeconds(5));
    limiter.resume();
    limiter.resume();
    assertThat(limiter.retryAfter(1)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aLaterPauseIsOneAgain() {
    limiter.pauseFor(Duration.ofHours(1));
    limiter.resume();
    limiter.pauseFor(Duration.ofSeconds(5));
    assertThat(limiter.retryAfter(1)).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void reachesKeysThatAreKnownAndThoseToCome() {
    core.ofKey("known").take(3, 0);
    limiter.pauseFor(Duration.ofHours(1));
    core.ofKey("in the pause").take(1, 0);
    ticker.advance(60 * SECOND);
    limiter.resume();
    for (String key : new String[] {"known", "in the pause", "new"}) {
      assertThat(core.ofKey(key).retryAfterNanos(1)).as(key).isEqualTo(SECOND);
      assertThat(core.ofKey(key).retryAfterNanos(10)).as(key).isEqualTo(10 * SECOND);
    }
    ticker.advance(10 * SECOND);
    assertThat(core.ofKey("newer").takeIfThere(10)).isZero();
  }

  @Test
  void theFirstKeyMayComeAfterIt() {
    limiter.pauseFor(Duration.ofHours(1));
    limiter.resume();
    assertThat(core.ofKey("first").retryAfterNanos(1)).isEqualTo(SECOND);
  }

  @Test
  void callsWithSeveralLimitsLookAgain() {
    LocalCore other = (LocalCore) Objects.requireNonNull(registry.findCore("github_api"));
    limiter.pauseFor(Duration.ofHours(1));
    BackgroundCall<Long> call =
        BackgroundCall.start(
            () ->
                AllOrNothing.take(
                        new TokenSource[] {core, other},
                        new long[] {1, 1},
                        new long[] {9000 * SECOND, 9000 * SECOND})
                    .outcome());
    ticker.awaitParked(1);
    limiter.resume();
    ticker.awaitParkedUntil(java.util.List.of(ticker.nanos() + SECOND));
    ticker.advance(SECOND);
    assertThat(call.result()).isEqualTo(SECOND);
  }

  @Test
  void endsThePauseOfALimiterThatWarmsUp() {
    RateLimiter warming =
        registry.register(
            "warming",
            RateLimitConfig.of(1, Duration.ofSeconds(1))
                .withCapacity(10)
                .withWarmUp(Duration.ofSeconds(60)));
    warming.tryAcquire();
    Duration untilNext = warming.retryAfter(1);
    warming.pauseFor(Duration.ofHours(1));
    warming.tryAcquire();
    warming.resume();
    assertThat(warming.availablePermits()).isZero();
    assertThat(warming.retryAfter(1)).isBetween(Duration.ofSeconds(1), untilNext.plusNanos(10));
  }

  @Test
  void aLimiterThatWasHandedOverEndsItToo() {
    limiter.pauseFor(Duration.ofHours(1));
    LimiterRegistry heir = new LimiterRegistry(ticker);
    registry.handOver(new DoorClient(Door.to(heir)));
    assertThat(heir.get("api").retryAfter(1)).isEqualTo(Duration.ofSeconds(3601));
    limiter.resume();
    assertThat(heir.get("api").retryAfter(1)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void goesThroughTheDoor() {
    limiter.pauseFor(Duration.ofHours(1));
    new DoorClient(Door.to(registry)).get("api").resume();
    assertThat(limiter.retryAfter(1)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  @SuppressWarnings("unchecked") // The door's types.
  void anOlderAgentSaysThatItCanNot() {
    Function<String, Map<String, Object>> find =
        (Function<String, Map<String, Object>>) Door.to(registry).get(Door.FIND);
    Map<String, Object> older = new HashMap<>(find.apply("api"));
    older.remove(Door.RESUME);
    assertThatThrownBy(() -> new CoreRateLimiter(new DoorCore("api", older)).resume())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("'api'");
  }
}
