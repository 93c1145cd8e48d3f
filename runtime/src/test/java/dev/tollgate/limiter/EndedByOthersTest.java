package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Futures of {@link RateLimiter#acquireAsync} that somebody else completes while their permit
 * comes: what depends on them hears of it first, and the permit is granted before that is through.
 */
@Timeout(60)
class EndedByOthersTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final RateLimitConfig FIVE =
      RateLimitConfig.of(1, Duration.ofSeconds(1)).withCapacity(5).withTimeout(LONG);

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - SECOND);
  private final LimiterRegistry registry = new LimiterRegistry(ticker);
  private final RateLimiter limiter = registry.register("five", FIVE);

  /** Ways to make a future fail. Only the first is one that a subclass would notice. */
  enum Failure {
    FAILED {
      @Override
      void of(CompletableFuture<Void> future) {
        future.completeExceptionally(new IllegalStateException("on purpose"));
      }
    },
    TIMED_OUT {
      @Override
      void of(CompletableFuture<Void> future) {
        future.orTimeout(1, TimeUnit.NANOSECONDS);
      }
    },
    COMPUTED_BADLY {
      @Override
      void of(CompletableFuture<Void> future) {
        future.completeAsync(
            () -> {
              throw new IllegalStateException("on purpose");
            },
            Runnable::run);
      }
    };

    abstract void of(CompletableFuture<Void> future);
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void whatIsGrantedWhileItFailsGoesBack(Failure failure) {
    empty(limiter);
    CompletableFuture<Void> future = limiter.acquireAsync(1, LONG);
    endWhileGranted(limiter, future, failure::of, 1);
    assertThat(future).isCompletedExceptionally();
    assertThat(limiter.availablePermits()).isOne();
    assertThat(limiter.stats().waiting()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void allOfItsWeightGoesBackAndNoMore(Failure failure) {
    empty(limiter);
    CompletableFuture<Void> future = limiter.acquireAsync(3, LONG);
    endWhileGranted(limiter, future, failure::of, 3);
    assertThat(limiter.availablePermits()).isEqualTo(3);
    assertThat(limiter.tryAcquire(3)).isTrue();
    assertThat(limiter.tryAcquire()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void throughTheDoorToo(Failure failure) {
    RateLimiter outside = new DoorClient(Door.to(registry)).get("five");
    empty(outside);
    CompletableFuture<Void> future = outside.acquireAsync(3, LONG);
    endWhileGranted(outside, future, failure::of, 3);
    assertThat(limiter.availablePermits()).isEqualTo(3);
  }

  @Test
  void anAgentThatIsOlderKeepsWhatNobodyUses() {
    Map<String, Object> handles = handles();
    handles.remove(Door.GIVE_BACK);
    RateLimiter outside = new CoreRateLimiter(new DoorCore("five", handles));
    empty(outside);
    CompletableFuture<Void> future = outside.acquireAsync(3, LONG);
    endWhileGranted(outside, future, Failure.FAILED::of, 3);
    assertThat(limiter.availablePermits()).isZero();
    assertThat(future).isCompletedExceptionally();
  }

  @Test
  void whoWaitsBehindGetsIt() {
    empty(limiter);
    CompletableFuture<Void> future = limiter.acquireAsync(2, LONG);
    CompletableFuture<Void> behind = limiter.acquireAsync(2, LONG);
    endWhileGranted(limiter, future, Failure.FAILED::of, 2);
    assertThat(behind.orTimeout(20, TimeUnit.SECONDS).join()).isNull();
    assertThat(limiter.availablePermits()).isZero();
  }

  @Test
  void inAPauseNothingComesBack() throws Exception {
    empty(limiter);
    CompletableFuture<Void> future = limiter.acquireAsync(3, LONG);
    try (HeldPool pool = new HeldPool()) {
      future.whenComplete(
          (nothing, failure) -> {
            ticker.advance(3 * SECOND);
            limiter.pauseFor(Duration.ofSeconds(10));
            pool.release();
          });
      Failure.FAILED.of(future);
    }
    assertThat(limiter.retryAfter(1)).isEqualTo(Duration.ofSeconds(11));
  }

  @Test
  void afterAChangeNothingComesBackSinceNobodyKnowsHowMuch() throws Exception {
    empty(limiter);
    CompletableFuture<Void> future = limiter.acquireAsync(5, LONG);
    try (HeldPool pool = new HeldPool()) {
      future.whenComplete(
          (nothing, failure) -> {
            ticker.advance(5 * SECOND);
            limiter.reconfigure(FIVE.withCapacity(2));
            pool.release();
          });
      Failure.FAILED.of(future);
    }
    assertThat(limiter.availablePermits()).isZero();
  }

  @Test
  void whatIsGrantedWhileItIsCancelledGoesBack() {
    empty(limiter);
    CompletableFuture<Void> future = limiter.acquireAsync(3, LONG);
    endWhileGranted(limiter, future, cancelled -> cancelled.cancel(false), 3);
    assertThat(limiter.availablePermits()).isEqualTo(3);
  }

  /** Its owner goes on, so that one is in use. */
  @Test
  void whatIsGrantedWhileSomebodyCompletesItIsItsOwn() {
    empty(limiter);
    CompletableFuture<Void> future = limiter.acquireAsync(3, LONG);
    endWhileGranted(limiter, future, completed -> completed.complete(null), 3);
    assertThat(limiter.availablePermits()).isZero();
    assertThat(limiter.stats().admittedRequests()).isEqualTo(2);
  }

  /** Nobody can tell whether that was before the grant or after it, so it makes no difference. */
  @Test
  void whoIsCompletedBeforeItsMomentTakesItsTokensAllTheSame() {
    empty(limiter);
    CompletableFuture<Void> early = limiter.acquireAsync(2, LONG);
    CompletableFuture<Void> behind = limiter.acquireAsync(1, LONG);
    assertThat(early.complete(null)).isTrue();
    ticker.advance(3 * SECOND - 1);
    assertThat(behind).isNotDone();
    ticker.advance(1);
    assertThat(behind.orTimeout(20, TimeUnit.SECONDS).join()).isNull();
    assertThat(limiter.availablePermits()).isZero();
    assertThat(limiter.stats().rejectedRequests()).isZero();
  }

  private void endWhileGranted(
      RateLimiter waitedFor,
      CompletableFuture<Void> future,
      Consumer<CompletableFuture<Void>> end,
      int seconds) {
    CompletableFuture<Void> heard =
        future.handle(
            (nothing, failure) -> {
              ticker.advance(seconds * SECOND);
              assertThat(ForkJoinPool.commonPool().awaitQuiescence(20, TimeUnit.SECONDS)).isTrue();
              return null;
            });
    end.accept(future);
    heard.orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(waitedFor.stats().admittedRequests()).isPositive();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> handles() {
    Function<String, Map<String, Object>> find =
        (Function<String, Map<String, Object>>) Door.to(registry).get(Door.FIND);
    return new HashMap<>(find.apply("five"));
  }

  private static void empty(RateLimiter full) {
    assertThat(full.tryAcquire(5)).isTrue();
  }
}
