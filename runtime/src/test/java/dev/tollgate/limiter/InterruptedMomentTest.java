package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.RateLimitExceededException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interrupted call is told when its permit would have come. */
@Timeout(60)
class InterruptedMomentTest {
  private static final long SECOND = 1_000_000_000L;
  private static final RateLimitConfig ONE_EACH_TEN_SECONDS =
      RateLimitConfig.of(1, Duration.ofSeconds(10)).withTimeout(Duration.ofHours(1));

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 3 * SECOND);
  private final LimiterRegistry registry = new LimiterRegistry(ticker);
  private final RateLimiter limiter = registry.register("api", ONE_EACH_TEN_SECONDS);
  private final LocalCore core = (LocalCore) Objects.requireNonNull(registry.findCore("api"));

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void isThatOfTheLineItStoodIn(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(ONE_EACH_TEN_SECONDS, ticker);
    bucket.take(1, 0);
    List<BackgroundCall<Long>> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(parked(() -> bucket.take(1, 3600 * SECOND), i));
    }
    ticker.advance(4 * SECOND);
    calls.get(1).interrupt();
    assertThat(calls.get(1).result()).isEqualTo(Outcome.interrupted(16 * SECOND));
    calls.get(0).interrupt();
    assertThat(calls.get(0).result()).isEqualTo(Outcome.interrupted(6 * SECOND));
    calls.get(2).interrupt();
    assertThat(calls.get(2).result()).isEqualTo(Outcome.interrupted(6 * SECOND));
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void isExactOfTheLastOfALongLineAfterOthersHaveLeft(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(ONE_EACH_TEN_SECONDS, ticker, 1);
    bucket.take(1, 0);
    List<BackgroundCall<Long>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(parked(() -> bucket.take(1, 3600 * SECOND), i));
    }
    calls.get(1).interrupt();
    assertThat(calls.get(1).result()).isEqualTo(Outcome.interrupted(20 * SECOND));
    calls.get(3).interrupt();
    assertThat(calls.get(3).result()).isEqualTo(Outcome.interrupted(30 * SECOND));
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void isKnownToOneThatCameInterrupted(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(ONE_EACH_TEN_SECONDS, ticker);
    bucket.take(1, 0);
    BackgroundCall<Long> call =
        BackgroundCall.start(
            () -> {
              Thread.currentThread().interrupt();
              return bucket.take(1, 3600 * SECOND);
            });
    assertThat(call.result()).isEqualTo(Outcome.interrupted(10 * SECOND));
  }

  @Test
  void isThatOfTheSlowestOfSeveralLimits() {
    registry.register("slower", RateLimitConfig.of(1, Duration.ofSeconds(30)));
    TokenSource[] both = {core, Objects.requireNonNull(registry.findCore("slower"))};
    AllOrNothing.take(both, new long[] {1, 1}, new long[2]);
    BackgroundCall<Long> call =
        parked(
            () ->
                AllOrNothing.take(both, new long[] {1, 1}, new long[] {3600 * SECOND, -1})
                    .outcome(),
            0);
    call.interrupt();
    assertThat(call.result()).isEqualTo(Outcome.interrupted(30 * SECOND));
  }

  @Test
  void isInTheExceptionOfACallByHand() {
    assertThat(interruptedRun(limiter)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void goesThroughTheDoor() {
    assertThat(interruptedRun(new DoorClient(Door.to(registry)).get("api")))
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void isNotToldByAnOlderAgentWhoseCallersHearOfTheInterruptAllTheSame() {
    Map<String, Object> handles = new HashMap<>(handles());
    handles.remove(Door.TAKE_WITH_MOMENT);
    assertThat(interruptedRun(new CoreRateLimiter(new DoorCore("api", handles))))
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void isNoNewAnswerToAnOlderCopyOfTheLibrary() {
    limiter.tryAcquire();
    LongBinaryOperator take = (LongBinaryOperator) handles().get(Door.TAKE);
    BackgroundCall<Long> call = parked(() -> take.applyAsLong(1, 3600 * SECOND), 0);
    call.interrupt();
    assertThat(call.result()).isEqualTo(Outcome.INTERRUPTED);
  }

  @Test
  void isThatOfTheLimiterThatItWasHandedOverTo() {
    limiter.tryAcquire();
    BackgroundCall<Duration> call = run(limiter);
    registry.handOver(new DoorClient(Door.to(new LimiterRegistry(ticker))));
    ticker.awaitParked(0);
    call.interrupt();
    assertThat(call.result()).isEqualTo(Duration.ofSeconds(10));
  }

  @SuppressWarnings("unchecked") // The door's types.
  private Map<String, Object> handles() {
    return ((Function<String, Map<String, Object>>) Door.to(registry).get(Door.FIND)).apply("api");
  }

  private Duration interruptedRun(RateLimiter waitedFor) {
    limiter.tryAcquire();
    BackgroundCall<Duration> call = run(waitedFor);
    call.interrupt();
    return call.result();
  }

  /** What the exception says, once it is interrupted. */
  private BackgroundCall<Duration> run(RateLimiter waitedFor) {
    return parked(
        () -> {
          try {
            waitedFor.run(() -> {});
            throw new AssertionError("not interrupted");
          } catch (RateLimitExceededException e) {
            assertThat(e).hasCauseInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
            return e.retryAfter();
          }
        },
        0);
  }

  private <T> BackgroundCall<T> parked(Callable<T> body, int before) {
    BackgroundCall<T> call = BackgroundCall.start(body);
    ticker.awaitParked(before + 1);
    return call;
  }
}
