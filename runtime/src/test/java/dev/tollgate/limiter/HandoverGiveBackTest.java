package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.RateLimited;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls that were handed over to an agent, were granted there, and end here before they hear of it.
 */
@Timeout(60)
class HandoverGiveBackTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final RateLimitConfig FIVE =
      RateLimitConfig.of(1, Duration.ofSeconds(1)).withCapacity(5).withTimeout(LONG);

  private final FakeTicker ticker = new FakeTicker();
  private final LimiterRegistry own = new LimiterRegistry(ticker);
  private final LimiterRegistry agents = new LimiterRegistry(ticker);
  private final DeliveringDoor door = new DeliveringDoor(agents, "");

  @ParameterizedTest
  @ValueSource(longs = {1, 3})
  void whoIsCancelledAfterItWasGrantedThereGivesItBackAtOnceAndOnce(long weight) throws Exception {
    CompletableFuture<Void> waiting = handedOver(weight, door);
    try (HeldPool pool = new HeldPool()) {
      ticker.advance(weight * SECOND);
      door.deliver(weight * SECOND);
      assertThat(agents().availablePermits()).isZero();
      assertThat(waiting.cancel(false)).isTrue();
      assertThat(agents().availablePermits()).isEqualTo(weight);
      pool.release();
    }
    assertThat(waiting).isCancelled();
    assertThat(agents().availablePermits()).isEqualTo(weight);
    assertThat(agents().stats().waiting()).isZero();
  }

  @ParameterizedTest
  @EnumSource(EndedByOthersTest.Failure.class)
  void whoFailsAfterItWasGrantedThereGivesItBack(EndedByOthersTest.Failure failure)
      throws Exception {
    CompletableFuture<Void> waiting = handedOver(3, door);
    try (HeldPool pool = new HeldPool()) {
      ticker.advance(3 * SECOND);
      door.deliver(3 * SECOND);
      CompletableFuture<Void> heard =
          waiting.handle(
              (nothing, thrown) -> {
                // Here it is told of the grant, and too late.
                pool.release();
                return null;
              });
      failure.of(waiting);
      heard.orTimeout(20, TimeUnit.SECONDS).join();
    }
    assertThat(agents().availablePermits()).isEqualTo(3);
    assertThat(ForkJoinPool.commonPool().awaitQuiescence(20, TimeUnit.SECONDS)).isTrue();
    assertThat(agents().availablePermits()).isEqualTo(3);
  }

  @Test
  void whoIsToldOfItKeepsIt() {
    CompletableFuture<Void> waiting = handedOver(3, door);
    ticker.advance(3 * SECOND);
    assertThat(waiting.orTimeout(20, TimeUnit.SECONDS).join()).isNull();
    assertThat(waiting.cancel(false)).isFalse();
    assertThat(agents().availablePermits()).isZero();
  }

  @Test
  void whoWaitsBehindGetsIt() throws Exception {
    CompletableFuture<Void> waiting = handedOver(3, door);
    CompletableFuture<Void> behind = agents().acquireAsync(3, LONG);
    try (HeldPool pool = new HeldPool()) {
      ticker.advance(3 * SECOND);
      door.deliver(3 * SECOND);
      waiting.cancel(false);
      assertThat(agents().stats().waiting()).isZero();
      pool.release();
    }
    assertThat(behind.orTimeout(20, TimeUnit.SECONDS).join()).isNull();
    assertThat(agents().availablePermits()).isZero();
  }

  @Test
  void whatTheAgentHadAtOnceGoesBack() throws Exception {
    RateLimiter held = own.register("five", FIVE);
    held.tryAcquire(5);
    CompletableFuture<Void> waiting = held.acquireAsync(1, LONG);
    // Half a token of five is two of twenty, and one is asked for.
    RateLimitOverrides doubled =
        new RateLimitOverrides(null, null, null, 20L, null, null, null, null, null);
    LimiterRegistry generous = new LimiterRegistry(ticker, Map.of("five", doubled));
    ticker.advance(SECOND / 2);
    try (HeldPool pool = new HeldPool()) {
      assertThat(own.handOver(new DoorClient(Door.to(generous)))).isEmpty();
      RateLimiter agent = generous.get("five");
      long left = agent.availablePermits();
      assertThat(agent.stats().waiting()).isZero();
      assertThat(waiting.cancel(false)).isTrue();
      assertThat(agent.availablePermits()).isEqualTo(left + 1);
      pool.release();
      assertThat(agent.availablePermits()).isEqualTo(left + 1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = LimiterMode.class,
      names = {"OBSERVE", "OFF"})
  void whatTheAgentDoesNotEnforceItDoesNotGetBack(LimiterMode mode) throws Exception {
    RateLimiter held = own.register("five", FIVE);
    held.tryAcquire(5);
    CompletableFuture<Void> waiting = held.acquireAsync(1, Duration.ofSeconds(1));
    RateLimitOverrides lenient =
        new RateLimitOverrides(null, null, null, null, null, mode, null, null, null);
    LimiterRegistry observing = new LimiterRegistry(ticker, Map.of("five", lenient));
    try (HeldPool pool = new HeldPool()) {
      assertThat(own.handOver(new DoorClient(Door.to(observing)))).isEmpty();
      observing.mode("five", LimiterMode.ENFORCE);
      Duration before = observing.get("five").retryAfter(1);
      assertThat(waiting.cancel(false)).isTrue();
      assertThat(observing.get("five").retryAfter(1)).isEqualTo(before);
      pool.release();
    }
  }

  @Test
  void inAPauseOfTheAgentsNothingComesBack() throws Exception {
    CompletableFuture<Void> waiting = handedOver(3, door);
    try (HeldPool pool = new HeldPool()) {
      ticker.advance(3 * SECOND);
      door.deliver(3 * SECOND);
      agents().pauseFor(Duration.ofSeconds(10));
      waiting.cancel(false);
      assertThat(agents().retryAfter(1)).isEqualTo(Duration.ofSeconds(11));
      pool.release();
    }
  }

  @Test
  void anAgentThatIsOlderKeepsWhatNobodyUses() throws Exception {
    DeliveringDoor older = new DeliveringDoor(agents, Door.GIVE_BACK);
    CompletableFuture<Void> waiting = handedOver(3, older);
    try (HeldPool pool = new HeldPool()) {
      ticker.advance(3 * SECOND);
      older.deliver(3 * SECOND);
      assertThat(waiting.cancel(false)).isTrue();
      assertThat(agents().availablePermits()).isZero();
      pool.release();
    }
    assertThat(waiting).isCancelled();
  }

  @Test
  void aCopyInAnotherClassLoaderGivesItBackToo() throws Exception {
    URL[] classes = {
      DoorTest.rootOf(RateLimiter.class),
      DoorTest.rootOf(RateLimited.class),
      DoorTest.rootOf(HandedOverCopy.class)
    };
    try (URLClassLoader loader = new URLClassLoader(classes, null)) {
      @SuppressWarnings("unchecked")
      Function<Map<String, Object>, Map<String, Object>> program =
          (Function<Map<String, Object>, Map<String, Object>>)
              loader
                  .loadClass(HandedOverCopy.class.getName())
                  .getDeclaredConstructor()
                  .newInstance();
      Map<String, Object> seen = program.apply(door.door);
      assertThat(seen).containsEntry("notes", List.of());
      assertThat(seen.get("class")).isNotEqualTo(RateLimiter.class);
      CompletableFuture<?> waiting = (CompletableFuture<?>) seen.get("waiting");
      CompletableFuture<?> behind = (CompletableFuture<?>) seen.get("behind");
      try (HeldPool pool = new HeldPool()) {
        ticker.advance(3 * SECOND);
        door.deliver(3 * SECOND);
        assertThat(waiting.cancel(false)).isTrue();
        assertThat(agents().availablePermits()).as("both behind it have them").isZero();
        CompletableFuture<?> later = (CompletableFuture<?>) seen.get("later");
        CompletableFuture<Long> last = door.waiting.removeLast();
        CompletableFuture<Boolean> heard = later.handle((nothing, thrown) -> last.complete(0L));
        later.completeExceptionally(new IllegalStateException("on purpose"));
        assertThat(heard).isCompletedWithValue(true);
        assertThat(agents().availablePermits()).as("of who came afterwards").isOne();
        door.deliver(3 * SECOND);
        behind.handle(
            (nothing, thrown) -> {
              pool.release();
              return null;
            });
        behind.completeExceptionally(new IllegalStateException("on purpose"));
      }
      assertThat(agents().availablePermits()).isEqualTo(3);
    }
  }

  /** A call that waits for all that it asks for, with a limiter that is empty. */
  private CompletableFuture<Void> handedOver(long weight, DeliveringDoor to) {
    RateLimiter held = own.register("five", FIVE);
    assertThat(held.tryAcquire(5)).isTrue();
    CompletableFuture<Void> waiting = held.acquireAsync(weight, LONG);
    assertThat(own.handOver(new DoorClient(to.door))).isEmpty();
    return waiting;
  }

  private RateLimiter agents() {
    return agents.get("five");
  }
}
