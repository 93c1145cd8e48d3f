package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that really wait, in a time that moves only when the test says so. */
@Timeout(60)
abstract class BucketWaitingTest {
  private static final long SECOND = 1_000_000_000L;

  /** One token a second, ten at most, all taken in the constructor. */
  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 3 * SECOND);

  private final long begin = ticker.nanos();
  private final TokenBucket bucket = empty(tenAtMost());

  @Test
  void whoWaitsGetsItsTokenAtThePromisedMomentAndNotBefore() {
    BackgroundCall<Long> call = waiting(1);
    assertThat(ticker.parkedUntil()).containsExactly(begin + SECOND);
    ticker.advance(SECOND - 1);
    ticker.awaitParked(1);
    assertThat(call.isDone()).isFalse();
    ticker.advance(1);
    assertThat(call.result()).isEqualTo(SECOND);
  }

  @Test
  void aThreadThatIsWokenForNoReasonGoesBackToSleep() {
    Thread[] sleeper = new Thread[1];
    BackgroundCall<Long> call =
        BackgroundCall.start(
            () -> {
              sleeper[0] = Thread.currentThread();
              return bucket.take(1, 5 * SECOND);
            });
    ticker.awaitParked(1);
    ticker.advance(SECOND / 2);
    ticker.unpark(sleeper[0]);
    ticker.awaitParked(1);
    assertThat(ticker.parkedUntil()).containsExactly(begin + SECOND);
    assertThat(call.isDone()).isFalse();
    ticker.advance(SECOND / 2);
    assertThat(call.result()).isEqualTo(SECOND);
  }

  @Test
  void aThreadThatWakesLateSaysHowLongItReallyWaited() {
    BackgroundCall<Long> call = waiting(1);
    ticker.advance(3 * SECOND);
    assertThat(call.result()).isEqualTo(3 * SECOND);
    assertThat(bucket.tally().maxWaitNanos()).isEqualTo(3 * SECOND);
    assertThat(bucket.available()).isEqualTo(2);
  }

  @Test
  void waitersAreServedInTheOrderOfTheirArrival() {
    BackgroundCall<Long> first = waiting(2);
    BackgroundCall<Long> second = waiting(1);
    BackgroundCall<Long> third = waiting(3);
    assertThat(ticker.parkedUntil())
        .containsExactly(begin + 2 * SECOND, begin + 3 * SECOND, begin + 6 * SECOND);
    assertThat(bucket.tally().waiting()).isEqualTo(3);

    ticker.advance(2 * SECOND);
    assertThat(first.result()).isEqualTo(2 * SECOND);
    ticker.awaitParked(2);
    assertThat(second.isDone()).isFalse();
    ticker.advance(SECOND);
    assertThat(second.result()).isEqualTo(3 * SECOND);
    ticker.awaitParked(1);
    ticker.advance(3 * SECOND - 1);
    ticker.awaitParked(1);
    assertThat(third.isDone()).isFalse();
    ticker.advance(1);
    assertThat(third.result()).isEqualTo(6 * SECOND);
    assertThat(bucket.tally().waiting()).isZero();
  }

  @Test
  void aLightNewcomerDoesNotOvertakeAHeavyWaiter() {
    BackgroundCall<Long> heavy = waiting(5);
    ticker.advance(3 * SECOND);
    // Three tokens are there, all of them the waiter's.
    assertThat(bucket.available()).isZero();
    assertThat(bucket.take(1, 0)).isEqualTo(~(3 * SECOND));
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(3 * SECOND);
    BackgroundCall<Long> light = waiting(1);
    ticker.advance(2 * SECOND);
    assertThat(heavy.result()).isEqualTo(5 * SECOND);
    ticker.awaitParked(1);
    assertThat(light.isDone()).isFalse();
    ticker.advance(SECOND);
    assertThat(light.result()).isEqualTo(3 * SECOND);
  }

  @Test
  void aNewcomerDoesNotTakeTheTokenOfAWaiterThatHasNotWokenYet() {
    HeldTicker held = new HeldTicker();
    TokenBucket bucket = bucket(RateLimitConfig.of(1, Duration.ofSeconds(1)), held);
    bucket.take(1, 0);
    BackgroundCall<Long> sleeper = BackgroundCall.start(() -> bucket.take(1, 5 * SECOND));
    held.fake.awaitParked(1);
    // The token's moment is here, the sleeper is not awake, and its token is not for others.
    held.now = SECOND;
    assertThat(bucket.take(1, 0)).isEqualTo(~SECOND);
    assertThat(sleeper.isDone()).isFalse();
    held.fake.advance(SECOND);
    assertThat(sleeper.result()).isEqualTo(SECOND);
  }

  @Test
  void aHopelessWaitIsRefusedAtOnceAndOneThatJustFitsIsNot() {
    assertThat(bucket.take(3, 3 * SECOND - 1)).isEqualTo(~(3 * SECOND));
    assertThat(ticker.parks()).isZero();
    assertThat(bucket.available()).isZero();
    BackgroundCall<Long> fits = BackgroundCall.start(() -> bucket.take(3, 3 * SECOND));
    ticker.awaitParked(1);
    ticker.advance(3 * SECOND);
    assertThat(fits.result()).isEqualTo(3 * SECOND);
  }

  @Test
  void aRefusedWaitLeavesNoDebt() {
    for (int i = 0; i < 100; i++) {
      assertThat(bucket.take(10, SECOND)).isEqualTo(~(10 * SECOND));
    }
    ticker.advance(SECOND);
    assertThat(bucket.take(1, 0)).isZero();
  }

  @Test
  void whoGivesUpMovesThoseBehindToTheExactEarlierMoment() {
    BackgroundCall<Long> first = waiting(1);
    BackgroundCall<Long> quitter = waiting(4);
    BackgroundCall<Long> third = waiting(2);
    BackgroundCall<Long> fourth = waiting(1);
    assertThat(ticker.parkedUntil())
        .containsExactly(
            begin + SECOND, begin + 5 * SECOND, begin + 7 * SECOND, begin + 8 * SECOND);

    ticker.advance(SECOND / 2);
    quitter.interrupt();
    assertThat(quitter.result()).matches(Outcome::isInterrupted);
    ticker.awaitParked(3);
    assertThat(ticker.parkedUntil())
        .containsExactly(begin + SECOND, begin + 3 * SECOND, begin + 4 * SECOND);
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(9 * SECOND / 2);

    ticker.advance(SECOND / 2);
    assertThat(first.result()).isEqualTo(SECOND);
    ticker.awaitParked(2);
    ticker.advance(2 * SECOND);
    assertThat(third.result()).isEqualTo(3 * SECOND);
    ticker.awaitParked(1);
    ticker.advance(SECOND);
    assertThat(fourth.result()).isEqualTo(4 * SECOND);
  }

  @Test
  void movedMomentsAreExactWhereTokensComeAtFractionsOfANanosecond() {
    TokenBucket thirds = empty(RateLimitConfig.of(3, Duration.ofSeconds(1)).withCapacity(10));
    BackgroundCall<Long> quitter = waiting(thirds, 2);
    BackgroundCall<Long> second = waiting(thirds, 1);
    BackgroundCall<Long> third = waiting(thirds, 4);
    assertThat(ticker.parkedUntil())
        .containsExactly(begin + 666_666_667, begin + SECOND, begin + 2_333_333_334L);
    ticker.advance(1);
    quitter.interrupt();
    assertThat(quitter.result()).matches(Outcome::isInterrupted);
    ticker.awaitParked(2);
    assertThat(ticker.parkedUntil()).containsExactly(begin + 333_333_334, begin + 1_666_666_667L);
    ticker.advance(333_333_333);
    assertThat(second.result()).isEqualTo(333_333_334);
    ticker.awaitParked(1);
    ticker.advance(1_333_333_333);
    assertThat(third.result()).isEqualTo(1_666_666_667L);
  }

  @Test
  void theLastWaiterThatGivesUpLeavesThoseBeforeItAsTheyWere() {
    waiting(1);
    waiting(2);
    BackgroundCall<Long> last = waiting(3);
    last.interrupt();
    assertThat(last.result()).matches(Outcome::isInterrupted);
    ticker.awaitParked(2);
    assertThat(ticker.parkedUntil()).containsExactly(begin + SECOND, begin + 3 * SECOND);
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(4 * SECOND);
    ticker.advance(3 * SECOND);
    ticker.awaitParked(0);
  }

  @Test
  void whoGivesUpCanFreeTheWayForOneWhoseTokensAreThereNow() {
    BackgroundCall<Long> heavy = waiting(9);
    BackgroundCall<Long> light = waiting(2);
    ticker.advance(5 * SECOND);
    heavy.interrupt();
    assertThat(heavy.result()).matches(Outcome::isInterrupted);
    assertThat(light.result()).isEqualTo(5 * SECOND);
    assertThat(bucket.available()).isEqualTo(3);
  }

  @Test
  void allThatGiveUpLeaveTheBucketAsIfTheyHadNotBeenThere() {
    List<BackgroundCall<Long>> calls = new ArrayList<>();
    for (int weight = 1; weight <= 6; weight++) {
      calls.add(waiting(weight));
    }
    ticker.advance(SECOND / 2);
    // From the middle out.
    for (int i : new int[] {3, 2, 5, 1, 4, 0}) {
      calls.get(i).interrupt();
      assertThat(calls.get(i).result()).matches(Outcome::isInterrupted);
    }
    assertThat(bucket.tally().waiting()).isZero();
    assertThat(bucket.tally().rejected()).isEqualTo(6);
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(SECOND / 2);
    ticker.advance(19 * SECOND / 2);
    assertThat(bucket.available()).isEqualTo(10);
    assertThat(bucket.take(10, 0)).isZero();
  }

  @Test
  void anInterruptedCallerWhoseTokenIsThereGoesOn() {
    ticker.advance(SECOND);
    BackgroundCall<Boolean> call =
        BackgroundCall.start(
            () -> {
              Thread.currentThread().interrupt();
              assertThat(bucket.take(1, 5 * SECOND)).isZero();
              return Thread.currentThread().isInterrupted();
            });
    assertThat(call.result()).as("interrupt flag").isTrue();
  }

  @Test
  void anInterruptedCallerThatWouldHaveToWaitIsRefusedAndTakesNothing() {
    BackgroundCall<Boolean> call =
        BackgroundCall.start(
            () -> {
              Thread.currentThread().interrupt();
              assertThat(bucket.take(2, 5 * SECOND)).matches(Outcome::isInterrupted);
              return Thread.currentThread().isInterrupted();
            });
    assertThat(call.result()).as("interrupt flag").isTrue();
    assertThat(ticker.parks()).isZero();
    assertThat(bucket.retryAfterNanos(1)).isEqualTo(SECOND);
    assertThat(bucket.tally().rejected()).isOne();
    assertThat(bucket.tally().waiting()).isZero();
  }

  @Test
  void anInterruptThatComesWithTheTokenDoesNotLoseIt() {
    BackgroundCall<Long> call = waiting(1);
    ticker.advanceAndInterrupt(SECOND, call);
    assertThat(call.result()).isEqualTo(SECOND);
    assertThat(bucket.tally().admitted()).isEqualTo(2);
    assertThat(bucket.tally().rejected()).isZero();
  }

  @Test
  void anInterruptedCallerWhoseTokenComesWhileItGivesUpGoesOn() {
    // Made, emptied, arrival; waits; interrupted a nanosecond too early to go; gives up: too late.
    long[] moments = {0, 0, 0, 0, SECOND - 1, SECOND};
    Ticker scripted =
        new Ticker() {
          private int calls;

          @Override
          public long nanos() {
            return moments[Math.min(calls++, moments.length - 1)];
          }

          @Override
          public void park(Object blocker, long nanos) {
            Thread.currentThread().interrupt();
          }
        };
    TokenBucket one = bucket(tenAtMost().withCapacity(1), scripted);
    assertThat(one.take(1, 0)).isZero();
    assertThat(one.take(1, 5 * SECOND)).isEqualTo(SECOND);
    assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
    assertThat(one.tally().admitted()).isEqualTo(2);
    assertThat(one.tally().rejected()).isZero();
  }

  @Test
  void anInterruptOneNanosecondBeforeTheTokenGivesItBack() {
    BackgroundCall<Long> call = waiting(1);
    ticker.advanceAndInterrupt(SECOND - 1, call);
    assertThat(call.result()).matches(Outcome::isInterrupted);
    assertThat(bucket.take(1, 0)).isEqualTo(~1L);
    ticker.advance(1);
    assertThat(bucket.take(1, 0)).isZero();
  }

  @Test
  void noMoreThanMaxWaitingWait() {
    TokenBucket two = empty(tenAtMost().withMaxWaiting(2));
    BackgroundCall<Long> first = waiting(two, 1);
    waiting(two, 1);
    assertThat(two.take(1, 30 * SECOND)).isEqualTo(~(3 * SECOND));
    assertThat(ticker.parks()).isEqualTo(2);
    assertThat(two.tally().rejected()).isOne();
    first.interrupt();
    assertThat(first.result()).matches(Outcome::isInterrupted);
    ticker.awaitParked(1);
    waiting(two, 1);
    assertThat(ticker.parkedUntil()).containsExactly(begin + SECOND, begin + 2 * SECOND);
  }

  @Test
  void withMaxWaitingZeroNobodyWaitsButTokensThatAreThereAreGranted() {
    TokenBucket nobody = bucket(tenAtMost().withMaxWaiting(0), ticker);
    assertThat(nobody.take(10, 30 * SECOND)).isZero();
    assertThat(nobody.take(1, 30 * SECOND)).isEqualTo(~SECOND);
    ticker.advance(SECOND);
    assertThat(nobody.take(1, 30 * SECOND)).isZero();
  }

  @Test
  void asMuchAsAPauseOfTheWholeJvmDoesNotReorderOrLoseAnyone() {
    List<BackgroundCall<Long>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(waiting(1));
    }
    ticker.advance(3_600 * SECOND);
    for (BackgroundCall<Long> call : calls) {
      assertThat(call.result()).isEqualTo(3_600 * SECOND);
    }
    assertThat(bucket.tally().admitted()).isEqualTo(11);
    assertThat(bucket.available()).isEqualTo(10);
  }

  private static RateLimitConfig tenAtMost() {
    return RateLimitConfig.of(1, Duration.ofSeconds(1)).withCapacity(10);
  }

  abstract TokenBucket bucket(RateLimitConfig config, Ticker ticker);

  private TokenBucket empty(RateLimitConfig config) {
    TokenBucket full = bucket(config, ticker);
    assertThat(full.take(config.capacity(), 0)).isZero();
    return full;
  }

  private BackgroundCall<Long> waiting(long weight) {
    return waiting(bucket, weight);
  }

  /** A call that is parked. */
  private BackgroundCall<Long> waiting(TokenBucket where, long weight) {
    int before = ticker.parkedUntil().size();
    BackgroundCall<Long> call = BackgroundCall.start(() -> where.take(weight, 30 * SECOND));
    ticker.awaitParked(before + 1);
    return call;
  }

  /** The sleepers' time and everyone's clock, apart. */
  private static final class HeldTicker implements Ticker {
    final FakeTicker fake = new FakeTicker();
    volatile long now;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void park(Object blocker, long nanos) {
      fake.park(blocker, nanos);
    }

    @Override
    public void unpark(Thread thread) {
      fake.unpark(thread);
    }
  }
}
