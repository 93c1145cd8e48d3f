package dev.tollgate.agent.weave;

import static dev.tollgate.agent.weave.WovenSamples.TOKENS;
import static dev.tollgate.agent.weave.WovenSamples.taken;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.RateLimitExceededException;
import dev.tollgate.UnknownLimiterException;
import dev.tollgate.limiter.RateLimiter;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods that answer with a future, where no permit is there and where one is. */
class WovenAsyncTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final WovenSamples woven = new WovenSamples(AsyncSamples.class);
  private final RateLimiter limit = woven.patient("limit");
  private final RateLimiter other = woven.patient("other");

  @Test
  void withThePermitThereTheBodyRunsOnTheCallersThread() throws Exception {
    Object methods = woven.make("Methods");
    CompletableFuture<?> answer = call(methods, "plain", "x");
    assertThat(answer).isCompletedWithValueMatching("x"::equals);
    assertThat(answer.getClass()).as("the body's own").isEqualTo(CompletableFuture.class);
    assertThat(field(methods, "ranOn")).isEqualTo(Thread.currentThread());
    assertThat(call(methods, "stage", 1L, 2.5, (byte) 3, "d").get()).isEqualTo("1/2.5/3/d");
    assertThat(call(woven.load("Methods"), "staticOne", 7).get()).isEqualTo(7);
    assertThat(call(woven.load("Methods"), "loop", 7).get()).isEqualTo(0);
    assertThat(taken(limit)).isEqualTo(4);
  }

  @Test
  void ofTwoLimitsTheOneWithTheLongestWaitRefuses() throws Exception {
    limit.tryAcquire(TOKENS);
    other.tryAcquire(TOKENS);
    assertThatThrownBy(() -> call(woven.load("Methods"), "ofTwo").get())
        .cause()
        .isInstanceOfSatisfying(
            RateLimitExceededException.class,
            refused -> {
              assertThat(refused.limiter()).isEqualTo("other");
              assertThat(refused.retryAfter()).isEqualTo(SECOND.multipliedBy(5));
            });
    assertThat(limit.stats().rejectedRequests()).isZero();
    assertThat(other.stats().rejectedRequests()).isOne();
  }

  @Test
  void withoutOneTheBodyRunsLaterOnTheCommonPoolWithTheCallersContext() throws Exception {
    limit.tryAcquire(TOKENS);
    Object methods = woven.make("Methods");
    ClassLoader context = new ClassLoader(null) {};
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(context);
    CompletableFuture<?> answer;
    try {
      answer = call(methods, "plain", "x");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
    assertThat(answer).isNotDone();
    assertThat(field(methods, "runs")).isEqualTo(0);
    woven.ticker().advance(SECOND);
    assertThat(answer.get(30, SECONDS)).isEqualTo("x");
    assertThat(field(methods, "runs")).isEqualTo(1);
    Thread ranOn = (Thread) field(methods, "ranOn");
    assertThat(ranOn).isNotEqualTo(Thread.currentThread());
    assertThat(ranOn.getName()).startsWith("ForkJoinPool.commonPool");
    assertThat(field(methods, "ranWith")).isEqualTo(context);
    assertThat(limit.availablePermits()).as("taken once").isZero();
    assertThat(limit.stats().admittedRequests()).isEqualTo(2);
  }

  @Test
  void everyKindOfMethodMayBeginLater() throws Exception {
    limit.tryAcquire(TOKENS);
    Object methods = woven.make("Methods");
    CompletableFuture<?> stage = call(methods, "stage", 1L, 2.5, (byte) 3, "d");
    CompletableFuture<?> staticOne = call(woven.load("Methods"), "staticOne", 7);
    CompletableFuture<?> monitor = call(methods, "holdsItsMonitor");
    CompletableFuture<?> ofDefault = call(woven.make("Implements"), "ofDefault");
    CompletableFuture<?> ofSuper = call(woven.make("Overrides"), "ofSuper");
    CompletableFuture<?> loop = call(woven.load("Methods"), "loop", 7);
    woven.ticker().advance(SECOND.multipliedBy(6));
    assertThat(stage.get(30, SECONDS)).isEqualTo("1/2.5/3/d");
    assertThat(staticOne.get(30, SECONDS)).isEqualTo(7);
    assertThat(monitor.get(30, SECONDS)).isEqualTo(true);
    assertThat(ofDefault.get(30, SECONDS)).isEqualTo("default");
    assertThat(ofSuper.get(30, SECONDS)).as("not the overrider").isEqualTo("default");
    assertThat(loop.get(30, SECONDS)).isEqualTo(0);
    assertThat(limit.availablePermits()).isZero();
  }

  @Test
  void aRefusalIsAFailedFutureAndTheBodyDoesNotRun() throws Exception {
    limit.tryAcquire(TOKENS);
    Object methods = woven.make("Methods");
    assertThatThrownBy(() -> call(methods, "atOnce").get(30, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            RateLimitExceededException.class,
            refused -> {
              assertThat(refused.limiter()).isEqualTo("limit");
              assertThat(refused.retryAfter()).isEqualTo(SECOND);
              assertThat(refused.getStackTrace()[0].getMethodName()).isEqualTo("atOnce");
            });
    assertThat(field(methods, "runs")).isEqualTo(0);
    assertThat(limit.stats().rejectedRequests()).isOne();
  }

  @Test
  void aRefusalThatComesLaterNamesTheMethod() throws Exception {
    limit.tryAcquire(TOKENS);
    CompletableFuture<?> answer = call(woven.make("Methods"), "plain", "x");
    limit.pauseFor(Duration.ofDays(2));
    assertThatThrownBy(() -> answer.get(30, SECONDS))
        .cause()
        .isInstanceOf(RateLimitExceededException.class)
        .satisfies(
            refused ->
                assertThat(refused.getStackTrace())
                    .singleElement()
                    .satisfies(
                        frame -> {
                          assertThat(frame.getClassName()).endsWith("$Methods");
                          assertThat(frame.getMethodName()).isEqualTo("plain");
                        }));
  }

  @Test
  void theFallbackAnswersARefusalAtOnceAndLater() throws Exception {
    limit.tryAcquire(TOKENS);
    Object methods = woven.make("Methods");
    assertThat(call(methods, "withFallback", 3).get(30, SECONDS)).isEqualTo("cached 3");
    CompletableFuture<?> later = call(methods, "withEmptyFallback");
    assertThat(later).isNotDone();
    limit.pauseFor(Duration.ofDays(2));
    assertThatThrownBy(() -> later.get(30, SECONDS))
        .hasCauseInstanceOf(NullPointerException.class)
        .hasMessageContaining("the fallback of ");
    assertThatThrownBy(() -> call(methods, "withEmptyFallback").get(30, SECONDS))
        .hasCauseInstanceOf(NullPointerException.class);
  }

  @Test
  void cancelledBeforeItBeganItGivesThePermitBackAndNeverBegins() throws Exception {
    limit.tryAcquire(TOKENS);
    Object methods = woven.make("Methods");
    CompletableFuture<?> first = call(methods, "plain", "x");
    CompletableFuture<?> second = call(woven.load("Methods"), "staticOne", 2);
    assertThat(first.cancel(true)).isTrue();
    assertThat(first).isCancelled();
    woven.ticker().advance(SECOND);
    assertThat(second.get(30, SECONDS)).as("has the permit of the first").isEqualTo(2);
    awaitCommonPool();
    assertThat(field(methods, "runs")).isEqualTo(0);
    assertThat(limit.stats().waiting()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"complete", "fail"})
  void endedByAnyoneElseBeforeItBeganItNeverBegins(String how) throws Exception {
    limit.tryAcquire(TOKENS);
    Object methods = woven.make("Methods");
    @SuppressWarnings("unchecked")
    CompletableFuture<Object> answer = (CompletableFuture<Object>) call(methods, "plain", "x");
    if (how.equals("complete")) {
      answer.complete("given up");
    } else {
      answer.completeExceptionally(new IllegalStateException("timed out"));
    }
    woven.ticker().advance(SECOND);
    awaitCommonPool();
    assertThat(field(methods, "runs")).isEqualTo(0);
    assertThat(limit.availablePermits()).as("given back").isOne();
  }

  @Test
  void cancelledLaterItCancelsTheBodysOwnFuture() throws Exception {
    limit.tryAcquire(TOKENS);
    Object methods = woven.make("Methods");
    CompletableFuture<?> answer = call(methods, "unfinished");
    woven.ticker().advance(SECOND);
    awaitRuns(methods, 1);
    awaitCommonPool();
    answer.cancel(true);
    assertThat((CompletableFuture<?>) field(methods, "mine")).isCancelled();
    assertThat(limit.availablePermits()).as("spent").isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"value", "failure", "cancellation"})
  void endsAsTheBodysOwnFutureDoes(String how) throws Exception {
    limit.tryAcquire(TOKENS);
    Object methods = woven.make("Methods");
    CompletableFuture<?> answer = call(methods, "unfinished");
    woven.ticker().advance(SECOND);
    awaitRuns(methods, 1);
    assertThat(answer).isNotDone();
    @SuppressWarnings("unchecked")
    CompletableFuture<String> mine = (CompletableFuture<String>) field(methods, "mine");
    switch (how) {
      case "value" -> {
        mine.complete("done");
        assertThat(answer.get(30, SECONDS)).isEqualTo("done");
      }
      case "failure" -> {
        mine.completeExceptionally(new IllegalStateException("its own"));
        assertThatThrownBy(() -> answer.get(30, SECONDS))
            .hasCauseInstanceOf(IllegalStateException.class);
      }
      default -> {
        mine.cancel(true);
        assertThatThrownBy(() -> answer.get(30, SECONDS)).isInstanceOf(CancellationException.class);
        assertThat(answer).isCancelled();
      }
    }
  }

  @Test
  void whatTheBodyThrowsIsThrownAtOnceAndAFailedFutureLater() throws Exception {
    Object methods = woven.make("Methods");
    assertThatThrownBy(() -> call(methods, "fails")).hasMessage("its own");
    limit.tryAcquire(TOKENS - 1);
    CompletableFuture<?> later = call(methods, "fails");
    CompletableFuture<?> answersNull = call(methods, "answersNull");
    woven.ticker().advance(SECOND.multipliedBy(2));
    assertThatThrownBy(() -> later.get(30, SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> answersNull.get(30, SECONDS))
        .hasCauseInstanceOf(NullPointerException.class)
        .hasMessageContaining("$Methods.answersNull() answered with null");
  }

  @Test
  void withThePermitThereNullIsTheBodysAnswer() throws Exception {
    assertThat(WovenSamples.call(woven.make("Methods"), "answersNull")).isNull();
  }

  @Test
  void onlyTheCallThatHadToWaitIsLetThrough() throws Exception {
    limit.tryAcquire(TOKENS);
    Object methods = woven.make("Methods");
    CompletableFuture<?> answer = call(methods, "recursive", 2);
    woven.ticker().advance(SECOND);
    awaitRuns(methods, 1);
    awaitCommonPool();
    assertThat(answer).as("the next waits again").isNotDone();
    assertThat(field(methods, "runs")).isEqualTo(1);
    woven.ticker().advance(SECOND);
    awaitRuns(methods, 2);
    woven.ticker().advance(SECOND);
    assertThat(answer.get(30, SECONDS)).isEqualTo(2);
    assertThat(limit.stats().admittedRequests()).isEqualTo(1 + 3);
  }

  @Test
  void oneEntryTakesOnceAlsoWhereItBeginsLater() throws Exception {
    Object type = woven.make("Type");
    assertThat(call(type, "outer", 3).get()).isEqualTo(0);
    assertThat(taken(limit)).isOne();
    limit.tryAcquire(TOKENS - 1);
    CompletableFuture<?> answer = call(type, "other");
    assertThat(answer).isNotDone();
    woven.ticker().advance(SECOND);
    assertThat(answer.get(30, SECONDS)).isEqualTo(0);
    assertThat(limit.availablePermits()).isZero();
    woven.ticker().advance(SECOND);
    assertThat(call(type, "outer", 1).get(30, SECONDS)).as("an entry again").isEqualTo(0);
    assertThat(limit.availablePermits()).isZero();
  }

  @Test
  void weightsKeysAndSeveralLimitsGoByTheArguments() throws Exception {
    Object methods = woven.make("Methods");
    assertThat(call(methods, "weighted", 3).get()).isEqualTo(3);
    assertThat(taken(limit)).isEqualTo(3);
    assertThat(call(methods, "keyed", "before ", "a").get()).isEqualTo("before a");
    assertThat(taken(limit)).as("a bucket of its own").isEqualTo(3);
    assertThat(call(methods, "joint", "a", (int) TOKENS - 1).get()).isEqualTo("a999");
    assertThat(taken(other)).isEqualTo(TOKENS - 1);
    CompletableFuture<?> keyed = call(methods, "keyed", "before ", "a");
    CompletableFuture<?> joint = call(methods, "joint", "b", 2);
    assertThat(keyed).isNotDone();
    assertThat(joint).isNotDone();
    woven.ticker().advance(SECOND);
    assertThat(keyed.get(30, SECONDS)).isEqualTo("before a");
    assertThat(joint.get(30, SECONDS)).isEqualTo("b2");
    limit.tryAcquire(limit.availablePermits());
    CompletableFuture<?> weighted = call(methods, "weighted", 3);
    woven.ticker().advance(SECOND.multipliedBy(2));
    awaitCommonPool();
    assertThat(weighted).isNotDone();
    woven.ticker().advance(SECOND);
    assertThat(weighted.get(30, SECONDS)).isEqualTo(3);
  }

  @Test
  void anImpossibleWeightIsThrownToTheCaller() throws Exception {
    Object methods = woven.make("Methods");
    assertThatThrownBy(() -> call(methods, "weighted", -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> call(methods, "joint", "a", null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anUnknownLimiterIsAFailedFuture() throws Exception {
    Object methods = woven.make("Methods");
    assertThatThrownBy(() -> call(methods, "unknown").get(30, SECONDS))
        .hasCauseInstanceOf(UnknownLimiterException.class);
    RateLimiter late = woven.patient("nobodys");
    late.tryAcquire(TOKENS);
    CompletableFuture<?> answer = call(methods, "unknown");
    woven.ticker().advance(SECOND);
    assertThat(answer.get(30, SECONDS)).isEqualTo("body");
  }

  private static CompletableFuture<?> call(Object target, String name, Object... arguments)
      throws Exception {
    Object answer = WovenSamples.call(target, name, arguments);
    return ((CompletionStage<?>) answer).toCompletableFuture();
  }

  private static Object field(Object target, String name) throws ReflectiveOperationException {
    Field field = target.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(target);
  }

  private static void awaitRuns(Object methods, int runs) throws ReflectiveOperationException {
    long begin = System.nanoTime();
    while ((int) field(methods, "runs") < runs) {
      assertThat(System.nanoTime() - begin).isLessThan(SECONDS.toNanos(30));
      Thread.onSpinWait();
    }
    assertThat(field(methods, "runs")).isEqualTo(runs);
  }

  /** Until all that has been handed to it is done. */
  private static void awaitCommonPool() {
    assertThat(ForkJoinPool.commonPool().awaitQuiescence(30, SECONDS)).isTrue();
  }
}
