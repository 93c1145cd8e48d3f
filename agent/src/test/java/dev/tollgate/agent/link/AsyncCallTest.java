package dev.tollgate.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.limiter.KeyedCore;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.Ticker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls that wait for a permit as a future, and end while it comes: what depends on the future
 * hears of its end first, and the permit is granted before that is through.
 */
@Timeout(60)
class AsyncCallTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final AtomicInteger BEGUN = new AtomicInteger();

  private final HandClock clock = new HandClock();
  private final LimiterRegistry registry = new LimiterRegistry(clock);
  private final KeyedCore first = core("first");
  private final KeyedCore second = core("second");

  /** However it ends, the method doesn't begin: its answer has come from elsewhere. */
  enum End {
    CANCELLED(future -> future.cancel(false)),
    FAILED(future -> future.completeExceptionally(new IllegalStateException("on purpose"))),
    TIMED_OUT(future -> future.orTimeout(1, TimeUnit.NANOSECONDS)),
    ANSWERED(future -> future.complete("another answer"));

    private final Consumer<CompletableFuture<Object>> end;

    End(Consumer<CompletableFuture<Object>> end) {
      this.end = end;
    }
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void whatIsGrantedWhileItEndsGoesBack(End end) throws Throwable {
    first.take(5, 0);
    endWhileGranted(end, limit("first", 3, List.of()));
    assertThat(first.available()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void toTheKeyThatItIsOf(End end) throws Throwable {
    first.ofKey(7L).take(5, 0);
    first.ofKey(8L).take(5, 0);
    endWhileGranted(end, limit("first", 3, List.of(0)));
    assertThat(first.available()).isEqualTo(5);
    assertThat(first.ofKey(7L).takeIfThere(4)).isNegative();
    assertThat(first.ofKey(7L).takeIfThere(3)).isZero();
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void toEachOfSeveralLimiters(End end) throws Throwable {
    first.take(5, 0);
    second.ofKey(7L).take(5, 0);
    endWhileGranted(end, limit("first", 2, List.of()), limit("second", 3, List.of(0)));
    assertThat(first.available()).isEqualTo(3);
    assertThat(second.ofKey(7L).takeIfThere(4)).isNegative();
    assertThat(second.ofKey(7L).takeIfThere(3)).isZero();
  }

  private void endWhileGranted(End end, SiteLimit... limits) throws Throwable {
    CompletableFuture<Object> future = call(limits);
    int before = BEGUN.get();
    CompletableFuture<Void> heard =
        future.handle(
            (answer, failure) -> {
              clock.pass(3 * SECOND);
              assertThat(ForkJoinPool.commonPool().awaitQuiescence(20, TimeUnit.SECONDS)).isTrue();
              return null;
            });
    end.end.accept(future);
    heard.orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(BEGUN).hasValue(before);
  }

  @SuppressWarnings("unchecked")
  private CompletableFuture<Object> call(SiteLimit... limits) throws Throwable {
    SiteMethod self = new SiteMethod("answer", "(J)Ljava/util/concurrent/CompletableFuture;", true);
    MethodType type = MethodType.methodType(CompletableFuture.class, long.class);
    KeyedCore[] cores = new KeyedCore[limits.length];
    for (int i = 0; i < limits.length; i++) {
      cores[i] = Objects.requireNonNull(registry.findCore(limits[i].limiter()));
    }
    BoundLimits bound =
        new BoundLimits(
            new SiteSpec(List.of(limits), 0, self, null),
            cores,
            new SiteRequest(MethodHandles.lookup(), Linker.LATER, type, "", "answer(long)"));
    Object future = new AsyncCall(bound).later(new Object[] {7L});
    return (CompletableFuture<Object>) Objects.requireNonNull(future, "it may begin at once");
  }

  /** The limited method. */
  static CompletableFuture<Object> answer(long argument) {
    BEGUN.incrementAndGet();
    return CompletableFuture.completedFuture(argument);
  }

  private KeyedCore core(String name) {
    registry.register(
        name,
        RateLimitConfig.of(1, Duration.ofSeconds(1))
            .withCapacity(5)
            .withTimeout(Duration.ofMinutes(1)));
    return Objects.requireNonNull(registry.findCore(name));
  }

  private static SiteLimit limit(String limiter, long weight, List<Integer> keys) {
    return new SiteLimit(limiter, weight, -1, SiteLimit.NO_GROUP, SiteLimit.NO_ARGUMENT, keys);
  }

  /** Time that passes when a test says so, for one thread; nobody is parked in it. */
  private static final class HandClock implements Ticker {
    private final List<CompletableFuture<Void>> alarms = new CopyOnWriteArrayList<>();
    private volatile long now;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void park(Object blocker, long nanos) {
      throw new AssertionError("a call waits for " + nanos + " ns");
    }

    @Override
    public CompletableFuture<Void> alarm(long nanos) {
      CompletableFuture<Void> alarm = new CompletableFuture<>();
      alarms.add(alarm);
      return alarm;
    }

    /** All alarms are due then. */
    void pass(long nanos) {
      now += nanos;
      List.copyOf(alarms).forEach(alarm -> alarm.complete(null));
    }
  }
}
