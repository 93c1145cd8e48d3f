package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several limits on one call. */
@Timeout(60)
class AllOrNothingTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long[] ONE_EACH = {1, 1};
  private static final long[] LONG = {60 * SECOND, 60 * SECOND};
  private static final long[] NO_WAIT = {0, 0};

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 3 * SECOND);
  private final LocalCore slow = core("slow", config(1, 10, 2));
  private final LocalCore fast = core("fast", config(1, 1, 3));
  private final TokenSource[] both = {slow, fast};

  @Test
  void takesOfAllAtOnce() {
    assertThat(AllOrNothing.take(both, ONE_EACH, NO_WAIT).outcome()).isZero();
    assertThat(slow.available()).isOne();
    assertThat(fast.available()).isEqualTo(2);
    assertThat(slow.stats().admittedRequests()).isOne();
    assertThat(fast.stats().admittedRequests()).isOne();
  }

  @Test
  void whatOneRefusesTakesNothingOfTheOthersAndIsCountedThereAlone() {
    slow.take(2, 0);
    assertThat(AllOrNothing.take(both, ONE_EACH, NO_WAIT).outcome())
        .isEqualTo(Outcome.refused(10 * SECOND));
    assertThat(AllOrNothing.take(new TokenSource[] {fast, slow}, ONE_EACH, NO_WAIT).outcome())
        .isEqualTo(Outcome.refused(10 * SECOND));
    assertThat(fast.available()).isEqualTo(3);
    assertThat(slow.stats().rejectedRequests()).isEqualTo(2);
    assertThat(fast.stats().totalRequests()).isZero();
  }

  /** Where there are some, only a look under the locks can say that they are too few. */
  @Test
  void whatHasTooFewTakesNothingOfTheOthers() {
    slow.take(1, 0);
    assertThat(
            AllOrNothing.take(new TokenSource[] {fast, slow}, new long[] {1, 2}, NO_WAIT).outcome())
        .isEqualTo(Outcome.refused(10 * SECOND));
    assertThat(fast.available()).isEqualTo(3);
    assertThat(slow.available()).isOne();
  }

  @Test
  void aLookCountsNothing() {
    slow.take(2, 0);
    assertThat(AllOrNothing.takeIfThere(both, ONE_EACH).outcome())
        .isEqualTo(Outcome.refused(10 * SECOND));
    assertThat(AllOrNothing.takeIfThere(both, new long[] {3, 1}).outcome())
        .isEqualTo(Outcome.NEVER);
    assertThat(slow.stats().rejectedRequests()).isZero();
    assertThat(AllOrNothing.takeIfThere(both, new long[] {0, 1}).outcome()).isZero();
    assertThat(fast.available()).isEqualTo(2);
  }

  @Test
  void theSameLimiterTwiceGivesTheSum() {
    TokenSource[] twice = {fast, slow, fast};
    long[] weights = {1, 1, 2};
    assertThat(AllOrNothing.take(twice, weights, new long[3]).outcome()).isZero();
    assertThat(fast.available()).isZero();
    ticker.advance(2 * SECOND);
    assertThat(AllOrNothing.take(twice, weights, new long[3]).outcome())
        .isEqualTo(Outcome.refused(SECOND));
    assertThat(fast.available()).isEqualTo(2);
    assertThat(AllOrNothing.take(twice, new long[] {2, 1, 2}, new long[3]).outcome())
        .isEqualTo(Outcome.NEVER);
    assertThat(AllOrNothing.take(twice, new long[] {Long.MAX_VALUE, 1, 2}, new long[3]).outcome())
        .isEqualTo(Outcome.NEVER);
  }

  @Test
  void theSameKeyTwiceGivesTheSum() {
    TokenSource key = fast.ofKey("k");
    assertThat(AllOrNothing.take(new TokenSource[] {key, key}, ONE_EACH, NO_WAIT).outcome())
        .isZero();
    assertThat(
            AllOrNothing.take(new TokenSource[] {key, fast.ofKey("k")}, ONE_EACH, NO_WAIT)
                .outcome())
        .isEqualTo(Outcome.refused(SECOND));
    assertThat(fast.ofKey("k").takeIfThere(1)).isZero();
  }

  @Test
  void aCallOfOneLimiterTwiceIsOneThatWaits() {
    LocalCore one = core("one", config(1, 1, 3).withMaxWaiting(1));
    one.take(3, 0);
    BackgroundCall<Long> call =
        BackgroundCall.start(
            () -> AllOrNothing.take(new TokenSource[] {one, one}, ONE_EACH, LONG).outcome());
    ticker.awaitParked(1);
    assertThat(one.stats().waiting()).isOne();
    ticker.advance(2 * SECOND);
    assertThat(call.result()).isEqualTo(2 * SECOND);
  }

  @Test
  void aKeyAndTheWholeLimiterAreTakenTogether() {
    TokenSource[] keyed = {slow.ofKey("a"), fast};
    assertThat(AllOrNothing.take(keyed, ONE_EACH, NO_WAIT).outcome()).isZero();
    assertThat(AllOrNothing.take(keyed, ONE_EACH, NO_WAIT).outcome()).isZero();
    assertThat(AllOrNothing.take(keyed, ONE_EACH, NO_WAIT).outcome()).isNegative();
    assertThat(fast.available()).isOne();
    assertThat(
            AllOrNothing.take(new TokenSource[] {fast, slow.ofKey("b")}, ONE_EACH, NO_WAIT)
                .outcome())
        .isZero();
  }

  @Test
  void whoWaitsReservesNothingAndMayBeOvertaken() {
    slow.take(2, 0);
    BackgroundCall<Long> call = waiting(both, LONG);
    assertThat(ticker.parkedUntil()).containsExactly(ticker.nanos() + 10 * SECOND);
    assertThat(slow.stats().waiting()).isOne();
    assertThat(fast.take(3, 0)).isZero();
    ticker.advance(10 * SECOND);
    assertThat(call.result()).isEqualTo(10 * SECOND);
    assertThat(fast.available()).isEqualTo(2);
    assertThat(slow.stats().waiting()).isZero();
    assertThat(slow.stats().maxWait()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void whatComesBackOrChangesWakesItEarlier() {
    slow.take(2, 0);
    BackgroundCall<Long> call = waiting(both, LONG);
    ticker.advance(SECOND);
    slow.reconfigure(config(1, 5, 2));
    ticker.awaitParkedUntil(List.of(ticker.nanos() + 9 * SECOND / 2));
    Refunds.of(slow.turnstile(), slow.level(), 1, ticker);
    assertThat(call.result()).isEqualTo(SECOND);
  }

  @Test
  void whoGivesUpBeforeItWakesItEarlier() {
    slow.take(2, 0);
    CompletableFuture<Long> before = slow.takeLater(1, 60 * SECOND);
    BackgroundCall<Long> call = waiting(both, LONG);
    assertThat(ticker.parkedUntil()).containsExactly(ticker.nanos() + 20 * SECOND);
    before.cancel(false);
    ticker.awaitParkedUntil(List.of(ticker.nanos() + 10 * SECOND));
    ticker.advance(10 * SECOND);
    assertThat(call.result()).isEqualTo(10 * SECOND);
  }

  @Test
  void aPauseThatIsTakenOverEndsAHopelessWaitAtOnce() {
    slow.take(2, 0);
    BackgroundCall<Long> call = waiting(both, LONG);
    LocalCore paused = core("slow", config(1, 10, 2));
    paused.pauseFor(100 * SECOND);
    paused.handOver(
        values -> {
          slow.takeOver(values);
          return slow;
        });
    assertThat(call.result()).isEqualTo(Outcome.refused(110 * SECOND));
  }

  @Test
  void aHopelessPauseEndsTheWaitAtOnce() {
    slow.take(2, 0);
    BackgroundCall<Long> call = waiting(both, LONG);
    CompletableFuture<Long> later = AllOrNothing.takeLater(both, ONE_EACH, LONG);
    fast.pauseFor(100 * SECOND);
    assertThat(call.result()).isEqualTo(Outcome.refused(101 * SECOND));
    assertThat(later.orTimeout(20, TimeUnit.SECONDS).join())
        .isEqualTo(Outcome.refused(101 * SECOND));
    assertThat(fast.stats().rejectedRequests()).isEqualTo(2);
    assertThat(fast.stats().waiting() + slow.stats().waiting()).isZero();
    assertThat(slow.stats().rejectedRequests()).isZero();
  }

  @Test
  void aLowerCapacityEndsTheWaitAtOnce() {
    slow.take(2, 0);
    BackgroundCall<Long> call =
        BackgroundCall.start(() -> AllOrNothing.take(both, new long[] {1, 3}, LONG).outcome());
    ticker.awaitParked(1);
    fast.reconfigure(config(1, 1, 2));
    assertThat(call.result()).isEqualTo(Outcome.NEVER);
  }

  @Test
  void theShortestTimeoutCounts() {
    slow.take(2, 0);
    assertThat(
            AllOrNothing.take(both, ONE_EACH, new long[] {60 * SECOND, 10 * SECOND - 1}).outcome())
        .isEqualTo(Outcome.refused(10 * SECOND));
    assertThat(ticker.parks()).isZero();
    fast.reconfigure(config(1, 1, 3).withTimeout(Duration.ofSeconds(9)));
    assertThat(
            AllOrNothing.take(both, ONE_EACH, new long[] {60 * SECOND, Outcome.OWN_TIMEOUT})
                .outcome())
        .isEqualTo(Outcome.refused(10 * SECOND));
  }

  @Test
  void noMoreThanMaxWaitingWait() {
    slow.reconfigure(config(1, 10, 2).withMaxWaiting(1));
    slow.take(2, 0);
    BackgroundCall<Long> first = waiting(both, LONG);
    assertThat(AllOrNothing.take(both, ONE_EACH, LONG).outcome())
        .isEqualTo(Outcome.refused(10 * SECOND));
    assertThat(slow.take(1, 60 * SECOND)).isEqualTo(Outcome.refused(10 * SECOND));
    assertThat(AllOrNothing.takeLater(both, ONE_EACH, LONG).orTimeout(20, TimeUnit.SECONDS).join())
        .isEqualTo(Outcome.refused(10 * SECOND));
    ticker.advance(10 * SECOND);
    assertThat(first.result()).isEqualTo(10 * SECOND);
  }

  @Test
  void whoIsInterruptedTakesNothing() {
    slow.take(2, 0);
    BackgroundCall<Long> call = waiting(both, LONG);
    call.interrupt();
    assertThat(call.result()).matches(Outcome::isInterrupted);
    assertThat(fast.available()).isEqualTo(3);
    assertThat(slow.stats().waiting()).isZero();
  }

  @Test
  void whatOnlyObservesNeitherRefusesNorIsTakenOfWhenAnotherRefuses() {
    LocalCore observed = core("observed", config(1, 10, 1).withMode(LimiterMode.OBSERVE));
    LocalCore off = core("off", config(1, 10, 1).withMode(LimiterMode.OFF));
    TokenSource[] all = {observed, fast, off};
    long[] weights = {1, 1, 1};
    for (int i = 0; i < 3; i++) {
      assertThat(AllOrNothing.take(all, weights, new long[3]).outcome()).isZero();
    }
    assertThat(AllOrNothing.take(all, weights, new long[3]).outcome()).isNegative();
    assertThat(observed.stats().totalRequests()).isEqualTo(3);
    assertThat(observed.stats().rejectedRequests()).isEqualTo(2);
    assertThat(off.stats().totalRequests()).isZero();
  }

  @Test
  void whatAllOnlyObserveIsCountedAsItWouldHaveBeen() {
    LocalCore observed = core("observed", config(1, 10, 1).withMode(LimiterMode.OBSERVE));
    LocalCore plenty = core("plenty", config(1, 10, 9).withMode(LimiterMode.OBSERVE));
    TokenSource[] all = {plenty, observed};
    for (int i = 0; i < 3; i++) {
      assertThat(AllOrNothing.take(all, ONE_EACH, NO_WAIT).outcome()).isZero();
    }
    assertThat(observed.stats().admittedRequests()).isOne();
    assertThat(observed.stats().rejectedRequests()).isEqualTo(2);
    for (int i = 0; i < 4; i++) {
      assertThat(AllOrNothing.take(all, ONE_EACH, new long[] {-1, -1}).outcome()).isZero();
    }
    // Three waits of 10, 20 and 30 s fit its own timeout.
    assertThat(observed.stats().admittedRequests()).isEqualTo(4);
    assertThat(observed.stats().rejectedRequests()).isEqualTo(3);
    assertThat(plenty.stats().rejectedRequests()).isZero();
  }

  /** It is enforced by nobody, so it cuts nobody's wait; but its own call would have ended then. */
  @Test
  void whatOnlyObservesGoesByTheShortestTimeoutAndTheOthersDoNotByIts() {
    LocalCore observed = core("observed", config(1, 10, 1).withMode(LimiterMode.OBSERVE));
    TokenSource[] all = {slow, observed};
    long[] longest = {60 * SECOND, 0};
    for (int i = 0; i < 2; i++) {
      assertThat(AllOrNothing.take(all, ONE_EACH, longest).outcome()).isZero();
    }
    assertThat(observed.stats().rejectedRequests()).isOne();
    BackgroundCall<Long> call = waiting(all, longest);
    ticker.advance(10 * SECOND);
    assertThat(call.result()).isEqualTo(10 * SECOND);
  }

  /** The call may be one that would have waited, so nobody would have refused it. */
  @Test
  void aLookIsObservedByTheLimitersOwnTimeout() {
    LocalCore observed = core("observed", config(1, 10, 1).withMode(LimiterMode.OBSERVE));
    for (int i = 0; i < 5; i++) {
      assertThat(
              AllOrNothing.takeIfThere(new TokenSource[] {observed, fast}, new long[] {1, 0})
                  .outcome())
          .isZero();
    }
    assertThat(observed.stats().admittedRequests()).isEqualTo(4);
    assertThat(observed.stats().rejectedRequests()).isOne();
  }

  @Test
  void aNegativeWeightIsAnErrorAndNothingIsTaken() {
    assertThatThrownBy(() -> AllOrNothing.take(both, new long[] {1, -1}, NO_WAIT).outcome())
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(slow.available()).isEqualTo(2);
  }

  @Test
  void laterCompletesWhenAllIsThere() {
    slow.take(2, 0);
    CompletableFuture<Long> later = AllOrNothing.takeLater(both, ONE_EACH, LONG);
    assertThat(ticker.alarms()).isOne();
    ticker.advance(10 * SECOND);
    assertThat(later.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(10 * SECOND);
    assertThat(ticker.alarms()).isZero();
  }

  @Test
  void laterCompletesOnAnotherThreadThanThatOfTheAlarm() throws Exception {
    slow.take(2, 0);
    CompletableFuture<Long> later = AllOrNothing.takeLater(both, ONE_EACH, LONG);
    BlockingQueue<Thread> completers = new ArrayBlockingQueue<>(1);
    CompletableFuture<Boolean> told =
        later.thenApply(wait -> completers.add(Thread.currentThread()));
    ticker.advance(10 * SECOND);
    // Whoever joins helps the common pool, so not before this.
    assertThat(completers.poll(20, TimeUnit.SECONDS))
        .isNotNull()
        .isNotEqualTo(Thread.currentThread());
    assertThat(told.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
  }

  /**
   * Who is told under one limiter's lock, and asks the other at once, may wait for a change of it.
   */
  @Test
  void changesOfBothAtATimeDoNotWaitForEachOther() {
    slow.take(2, 0);
    CompletableFuture<Long> later = AllOrNothing.takeLater(both, ONE_EACH, LONG);
    List<BackgroundCall<Boolean>> changes = new ArrayList<>();
    for (LocalCore each : List.of(slow, fast)) {
      RateLimitConfig config = each.config();
      changes.add(
          BackgroundCall.start(
              () -> {
                for (int i = 0; i < 2_000; i++) {
                  each.reconfigure(config);
                }
                return true;
              }));
    }
    assertThat(changes).allMatch(BackgroundCall::result);
    ticker.advance(10 * SECOND);
    assertThat(later.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(10 * SECOND);
  }

  @Test
  void laterCancelledTakesNothingAndLeavesNothingBehind() {
    slow.take(2, 0);
    CompletableFuture<Long> later = AllOrNothing.takeLater(both, ONE_EACH, LONG);
    assertThat(later.cancel(false)).isTrue();
    assertThat(ticker.alarms()).isZero();
    assertThat(slow.stats().waiting() + fast.stats().waiting()).isZero();
    ticker.advance(10 * SECOND);
    assertThat(slow.available()).isOne();
    assertThat(fast.available()).isEqualTo(3);
  }

  /** Cancelled between the moment when all was taken and that when the pool completes it. */
  @Test
  void laterCancelledAfterItWasAdmittedGivesAllBackAtOnceAndOnce() throws Exception {
    slow.take(2, 0);
    fast.take(2, 0);
    CompletableFuture<Long> later = AllOrNothing.takeLater(both, ONE_EACH, LONG);
    fast.take(1, 0);
    try (HeldPool pool = new HeldPool()) {
      ticker.advance(10 * SECOND);
      assertThat(slow.available()).isZero();
      assertThat(fast.available()).isEqualTo(2);
      fast.take(2, 0);
      assertThat(later.cancel(false)).isTrue();
      assertThat(slow.available()).isOne();
      assertThat(fast.available()).isOne();
      pool.release();
      assertThat(slow.available()).isOne();
      assertThat(fast.available()).isOne();
      assertThat(later).isCancelled();
    }
  }

  /** Its bucket is forgotten while it waits for another limiter, and it shares one afterwards. */
  @Test
  void aKeyThatGetsAnotherBucketMeanwhileLeavesNothingBehind() {
    LocalCore few = core("few", config(1, 1, 3).withMaxKeys(1));
    slow.take(2, 0);
    few.ofKey("a").take(1, 0);
    BackgroundCall<Long> call = waiting(new TokenSource[] {few.ofKey("a"), slow}, LONG);
    ticker.advance(SECOND);
    // Finds the bucket of "a" full, which is forgotten, and takes its place.
    few.ofKey("b").take(1, 0);
    call.interrupt();
    assertThat(call.result()).matches(Outcome::isInterrupted);
    assertThat(few.stats().waiting()).isZero();
  }

  @Test
  void oppositeOrdersOnManyThreadsGetAllThatThereIs() {
    int threads = 6;
    int rounds = 2_000;
    RateLimitConfig plenty =
        RateLimitConfig.of(1, Duration.ofDays(1)).withCapacity(threads * rounds / 2);
    LocalCore first = new LocalCore("first", plenty, Ticker.system());
    LocalCore second = new LocalCore("second", plenty, Ticker.system());
    List<BackgroundCall<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      TokenSource[] sources =
          i % 2 == 0
              ? new TokenSource[] {first, second, first.ofKey("k")}
              : new TokenSource[] {first.ofKey("k"), second, first};
      calls.add(
          BackgroundCall.start(
              () -> {
                int granted = 0;
                for (int round = 0; round < rounds; round++) {
                  long outcome =
                      AllOrNothing.take(sources, new long[] {1, 1, 1}, new long[3]).outcome();
                  granted += Outcome.granted(outcome) ? 1 : 0;
                }
                return granted;
              }));
    }
    int granted = 0;
    for (BackgroundCall<Integer> call : calls) {
      granted += call.result();
    }
    assertThat(granted).isEqualTo(threads * rounds / 2);
    assertThat(first.available()).isZero();
    assertThat(second.available()).isZero();
  }

  private BackgroundCall<Long> waiting(TokenSource[] sources, long[] longest) {
    int before = ticker.parkedUntil().size();
    BackgroundCall<Long> call =
        BackgroundCall.start(() -> AllOrNothing.take(sources, ONE_EACH, longest).outcome());
    ticker.awaitParked(before + 1);
    return call;
  }

  private LocalCore core(String name, RateLimitConfig config) {
    return new LocalCore(name, config, ticker);
  }

  private static RateLimitConfig config(long permits, long seconds, long capacity) {
    return RateLimitConfig.of(permits, Duration.ofSeconds(seconds)).withCapacity(capacity);
  }
}
