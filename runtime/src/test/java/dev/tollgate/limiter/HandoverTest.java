package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a copy of the library had, and an agent goes on with. */
@Timeout(60)
class HandoverTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - SECOND);
  private final LimiterRegistry own = new LimiterRegistry(ticker);
  private final LimiterRegistry agents = new LimiterRegistry(ticker);
  private final RateLimitConfig hourly =
      RateLimitConfig.of(4, Duration.ofHours(1)).withTimeout(Duration.ZERO);
  private final RateLimitConfig eachSecond =
      RateLimitConfig.of(1, Duration.ofSeconds(1)).withTimeout(LONG);

  @Test
  void theLimiterThatTheProgramHoldsIsTheAgentsWithAllThatItHad() throws Exception {
    RateLimiter held = own.register("billing", hourly);
    Permit open = held.limit();
    assertThat(held.tryAcquire(2)).isTrue();
    assertThat(held.tryAcquire(2)).isFalse();
    RateLimiterStats before = held.stats();

    assertThat(own.handOver(new DoorClient(Door.to(agents)))).isEmpty();

    RateLimiter agent = agents.get("billing");
    assertThat(agent.stats()).isEqualTo(before).isEqualTo(held.stats());
    assertThat(agent.config()).isEqualTo(hourly).isEqualTo(held.config());
    assertThat(agent.tryAcquire()).isTrue();
    assertThat(held.tryAcquire()).isFalse();
    assertThat(held.availablePermits()).isZero();
    assertThat(held.retryAfter(1)).isEqualTo(Duration.ofMinutes(15));
    assertThat(agent.stats().admittedRequests()).isEqualTo(3);
    assertThat(agent.stats().rejectedRequests()).isEqualTo(2);
    open.close();
    assertThat(agent.stats().inFlight()).isZero();
    held.pauseFor(Duration.ofHours(2));
    assertThat(agent.retryAfter(1)).isEqualTo(Duration.ofMinutes(135));
    held.reconfigure(hourly.withBurst(1));
    assertThat(agent.config().burst()).isOne();
  }

  @Test
  void partsOfATokenAreKept() {
    RateLimiter held = own.register("slow", eachSecond.withTimeout(Duration.ZERO));
    assertThat(held.tryAcquire()).isTrue();
    ticker.advance(SECOND - 1);
    handOver();
    assertThat(agents.get("slow").tryAcquire()).isFalse();
    ticker.advance(1);
    assertThat(agents.get("slow").tryAcquire()).isTrue();
  }

  @Test
  void whoWaitsKeepsItsPlaceAndItsMoment() throws Exception {
    RateLimiter held = own.register("slow", eachSecond);
    held.acquire();
    BackgroundCall<Boolean> first = BackgroundCall.start(() -> held.tryAcquire(1, LONG));
    ticker.awaitParked(1);
    CompletableFuture<Void> second = held.acquireAsync(1, LONG);
    BackgroundCall<Boolean> third =
        BackgroundCall.start(() -> held.tryAcquire(1, Duration.ofSeconds(3)));
    ticker.awaitParked(2);
    ticker.advance(SECOND / 2);

    handOver();

    RateLimiter agent = agents.get("slow");
    assertThat(agent.stats().waiting()).isEqualTo(3);
    assertThat(agent.retryAfter(1)).as("behind them all").isEqualTo(Duration.ofMillis(3_500));
    CompletableFuture<Void> newcomer = agent.acquireAsync(1, LONG);
    ticker.advance(SECOND / 2 - 1);
    assertThat(agent.stats().waiting()).isEqualTo(4);
    ticker.advance(1);
    assertThat(first.result()).isTrue();
    ticker.advance(SECOND - 1);
    assertThat(second).isNotDone();
    ticker.advance(1);
    second.get(20, TimeUnit.SECONDS);
    assertThat(third.isDone()).isFalse();
    ticker.advance(SECOND);
    assertThat(third.result()).isTrue();
    assertThat(newcomer).isNotDone();
    ticker.advance(SECOND);
    newcomer.get(20, TimeUnit.SECONDS);
    assertThat(agent.stats().admittedRequests()).isEqualTo(5);
  }

  @Test
  void whoGivesUpAfterItGivesTheTokensBackToTheAgents() throws Exception {
    RateLimiter held = own.register("slow", eachSecond);
    held.acquire();
    BackgroundCall<Boolean> interrupted = BackgroundCall.start(() -> held.tryAcquire(1, LONG));
    ticker.awaitParked(1);
    CompletableFuture<Void> cancelled = held.acquireAsync(1, LONG);
    handOver();
    RateLimiter agent = agents.get("slow");
    CompletableFuture<Void> newcomer = agent.acquireAsync(1, LONG);

    interrupted.interrupt();
    assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
    assertThat(cancelled.cancel(false)).isTrue();

    ticker.advance(SECOND);
    newcomer.get(20, TimeUnit.SECONDS);
    assertThat(agent.stats().waiting()).isZero();
  }

  @Test
  void whoseMomentHasComeGoesAndIsCountedOnce() {
    RateLimiter held = own.register("slow", eachSecond);
    assertThat(held.tryAcquire()).isTrue();
    CompletableFuture<Void> waiting = held.acquireAsync(1, LONG);
    ticker.advanceSilently(SECOND);
    handOver();
    assertThat(agents.get("slow").stats().admittedRequests()).isEqualTo(2);
    assertThat(agents.get("slow").tryAcquire()).isFalse();
    ticker.advance(0);
    waiting.orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(agents.get("slow").stats().admittedRequests()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(LimiterMode.class)
  void eachModeGoesOn(LimiterMode mode) {
    RateLimiter held = own.register("billing", hourly.withMode(mode));
    for (int i = 0; i < 6; i++) {
      held.tryAcquire();
    }
    RateLimiterStats before = held.stats();
    handOver();
    assertThat(held.stats()).isEqualTo(before);
    assertThat(held.tryAcquire()).isEqualTo(mode != LimiterMode.ENFORCE);
    assertThat(agents.get("billing").config().mode()).isEqualTo(mode);
    assertThat(agents.get("billing").stats().totalRequests())
        .isEqualTo(mode == LimiterMode.OFF ? 0 : 7);
  }

  @Test
  void aPauseGoesOn() {
    RateLimiter held = own.register("billing", hourly);
    held.pauseFor(Duration.ofHours(1));
    handOver();
    assertThat(agents.get("billing").retryAfter(1)).isEqualTo(Duration.ofMinutes(75));
    TokenSource key = agents.findCore("billing").ofKey("key");
    assertThat(key.take(1, 0)).as("of each key, too").isNegative();
  }

  @Test
  void aPauseGoesOnWhereAnotherCopyComesAfterIt() {
    LimiterRegistry other = new LimiterRegistry(ticker);
    own.get("github_api").pauseFor(LONG);
    RateLimiter held = other.get("github_api");
    own.handOver(new DoorClient(Door.to(agents)));
    other.handOver(new DoorClient(Door.to(agents)));
    assertThat(held.tryAcquire()).isFalse();
    assertThat(held.retryAfter(1)).isGreaterThan(LONG);
  }

  @Test
  void whoIsWarmStaysWarm() {
    RateLimitConfig warming =
        RateLimitConfig.of(10, Duration.ofSeconds(1))
            .withTimeout(LONG)
            .withWarmUp(Duration.ofSeconds(6));
    RateLimiter held = own.register("warming", warming);
    RateLimiter alike = new LimiterRegistry(ticker).register("alike", warming);
    for (int i = 0; i < 50; i++) {
      held.tryAcquire();
      alike.tryAcquire();
      ticker.advance(SECOND / 20);
    }
    handOver();
    for (int i = 0; i < 100; i++) {
      assertThat(held.retryAfter(5)).isEqualTo(alike.retryAfter(5));
      assertThat(agents.get("warming").tryAcquire()).isEqualTo(alike.tryAcquire());
      ticker.advance(SECOND / 20);
    }
  }

  @Test
  void whatIsConfiguredIsLaidOverAndTheShareOfTokensKept() {
    LimiterRegistry configured =
        new LimiterRegistry(
            ticker,
            Map.of(
                "billing",
                new RateLimitOverrides(8L, null, null, null, null, null, null, null, null)));
    RateLimiter held = own.register("billing", hourly);
    held.tryAcquire(3);
    assertThat(own.handOver(new DoorClient(Door.to(configured)))).isEmpty();
    assertThat(held.config())
        .isEqualTo(RateLimitConfig.of(8, hourly.period()).withTimeout(Duration.ZERO));
    assertThat(held.availablePermits()).isEqualTo(2);
  }

  @Test
  void ofTwoCopiesTheEmptierCounts() {
    LimiterRegistry other = new LimiterRegistry(ticker);
    RateLimiter first = own.register("billing", hourly);
    RateLimiter second = other.register("billing", hourly);
    RateLimiter untouched = new LimiterRegistry(ticker).register("billing", hourly);
    assertThat(first.tryAcquire(1)).isTrue();
    assertThat(second.tryAcquire(3)).isTrue();
    handOver();
    assertThat(first.availablePermits()).isEqualTo(3);
    assertThat(other.handOver(new DoorClient(Door.to(agents)))).isEmpty();
    assertThat(first.availablePermits()).isOne();
    assertThat(second.tryAcquire()).isTrue();
    assertThat(first.tryAcquire()).isFalse();
    assertThat(first.stats().admittedRequests()).isEqualTo(3);
    assertThat(untouched.availablePermits()).isEqualTo(4);
  }

  @Test
  void ofTwoDefinitionsTheFirstStaysAndTheOtherIsTold() {
    LimiterRegistry other = new LimiterRegistry(ticker);
    own.register("billing", hourly);
    RateLimiter second = other.register("billing", RateLimitConfig.of(40, Duration.ofHours(1)));
    second.tryAcquire(30);
    handOver();
    assertThat(other.handOver(new DoorClient(Door.to(agents))))
        .singleElement()
        .asString()
        .contains("'billing'")
        .contains("4 for each PT1H")
        .contains("40 for each PT1H");
    assertThat(second.config()).isEqualTo(hourly);
    assertThat(second.availablePermits()).as("a quarter of it").isOne();
  }

  @Test
  void whatTheProgramDefinesLaterIsTheAgents() {
    own.register("billing", hourly);
    handOver();
    RateLimiter later = own.register("later", hourly);
    later.tryAcquire(3);
    assertThat(agents.get("later").availablePermits()).isOne();
    assertThat(own.get("later")).isSameAs(later);
    agents.register("of_the_agent", hourly);
    assertThat(own.get("of_the_agent").config()).isEqualTo(hourly);
  }

  @Test
  void theProgramFindsTheLimiterThatItHolds() {
    RateLimiter held = own.register("billing", hourly);
    DoorClient client = new DoorClient(Door.to(agents));
    own.handOver(client);
    assertThat(client.get("billing")).isSameAs(held);
    assertThat(client.register("billing", hourly)).isSameAs(held);
  }

  @Test
  void whereTheAgentTakesNothingAllIsAsItWas() {
    RateLimiter held = own.register("slow", eachSecond);
    assertThat(held.tryAcquire()).isTrue();
    CompletableFuture<Void> waiting = held.acquireAsync(1, LONG);
    Map<String, Object> refusing = new HashMap<>(Door.to(agents));
    BiFunction<String, Map<String, Object>, Map<String, Object>> refuse =
        (name, values) -> {
          throw new IllegalArgumentException("no");
        };
    refusing.put(Door.ADOPT, refuse);
    assertThat(own.handOver(new DoorClient(refusing)))
        .anyMatch(line -> line.contains("'slow'") && line.contains("no"));
    assertThat(held.stats().waiting()).isOne();
    ticker.advance(SECOND);
    waiting.orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(held.stats().admittedRequests()).isEqualTo(2);
    assertThatThrownBy(() -> agents.get("slow")).hasMessageContaining("'slow'");
  }

  @Test
  void whatLeftTheCellsJustNowDoesNotComeBack() {
    RateLimiter held =
        own.register(
            "fast",
            RateLimitConfig.of(1_000_000, Duration.ofSeconds(1))
                .withCapacity(4_000)
                .withTimeout(Duration.ZERO));
    assertThat(held.tryAcquire()).as("leases more").isTrue();
    ticker.advance(SECOND);
    int granted = 0;
    for (int i = 0; i < 10; i++) {
      granted += held.tryAcquire() ? 1 : 0;
    }
    handOver();
    while (agents.get("fast").tryAcquire()) {
      granted++;
    }
    assertThat(granted).isBetween(3_500, 4_000);
  }

  @RepeatedTest(50)
  void noTokenIsGrantedTwiceAndNoneIsLostWhileCallsRun() throws Exception {
    // Time stands still; some are on lease to threads.
    int capacity = 4_000;
    RateLimiter held =
        own.register(
            "fast",
            RateLimitConfig.of(1_000_000, Duration.ofSeconds(1))
                .withCapacity(capacity)
                .withTimeout(Duration.ZERO));
    AtomicLong granted = new AtomicLong();
    int threads = 3;
    CyclicBarrier start = new CyclicBarrier(threads + 1);
    List<BackgroundCall<Void>> calls = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int weight = i == 2 ? 3 : 1;
      calls.add(
          BackgroundCall.start(
              () -> {
                start.await();
                for (int refused = 0; refused < 100; ) {
                  if (held.tryAcquire(weight)) {
                    granted.addAndGet(weight);
                  } else {
                    refused++;
                  }
                }
                return null;
              }));
    }
    start.await();
    while (granted.get() < capacity / 10) {
      Thread.onSpinWait();
    }
    handOver();
    RateLimiter agent = agents.get("fast");
    while (agent.tryAcquire()) {
      granted.incrementAndGet();
    }
    for (BackgroundCall<Void> call : calls) {
      call.result();
    }
    assertThat(granted.get()).isEqualTo(capacity);
    assertThat(agent.availablePermits()).isZero();
  }

  private void handOver() {
    assertThat(own.handOver(new DoorClient(Door.to(agents)))).isEmpty();
  }
}
