package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys of a limiter that warms up: each by itself, and none forgotten while it is warm. */
@Timeout(60)
class KeysWarmUpTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long WARM_UP = 30 * SECOND;
  private static final RateLimitConfig WITHOUT =
      RateLimitConfig.of(10, Duration.ofSeconds(1)).withCapacity(100);
  private static final RateLimitConfig WARMING = WITHOUT.withWarmUp(Duration.ofNanos(WARM_UP));

  /** Until the first token of a cold bucket has come: t·(W + t) / 3W = 0.1 s. */
  private static final long FIRST_TOKEN = 297_058_541L;

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 10 * SECOND);
  private final KeyedBuckets buckets = new KeyedBuckets(WARMING, 1_000, ticker);

  @Test
  void eachBeginsWithOneTokenAndAThirdOfTheRateWheneverItComes() {
    for (String key : new String[] {"a", "b"}) {
      assertThat(takeAll(buckets, key)).isOne();
      assertThat(buckets.take(key, 1, 0)).isEqualTo(Outcome.refused(FIRST_TOKEN));
      ticker.advance(FIRST_TOKEN);
      assertThat(takeAll(buckets, key)).isOne();
      ticker.advance(7 * SECOND);
    }
  }

  @Test
  void eachIsColdAgainByItself() {
    buckets.take("a", 1, 0);
    buckets.take("b", 1, 0);
    ticker.advance(WARM_UP / 2);
    buckets.take("b", 1, 0);
    ticker.advance(WARM_UP / 2 + 1);
    assertThat(takeAll(buckets, "a")).isOne();
    assertThat(takeAll(buckets, "b")).isEqualTo(100);
  }

  @Test
  void oneThatIsWarmIsNotForgottenThoughItIsFull() {
    takeAll(buckets, "warm");
    ticker.advance(WARM_UP);
    for (int i = 0; i < 500; i++) {
      buckets.take("other " + i, 1, 0);
    }
    assertThat(takeAll(buckets, "warm")).isEqualTo(100);
  }

  @Test
  void thoseThatAreColdAreForgottenAsNewOnesCome() {
    for (int i = 0; i < 900; i++) {
      buckets.take("old " + i, 1, 0);
    }
    ticker.advance(WARM_UP + 1);
    for (int i = 0; i < 900; i++) {
      buckets.take("new " + i, 1, 0);
    }
    assertThat(buckets.size()).isEqualTo(900);
  }

  @Test
  void oneThatLeavesTheSharedBucketHasNoMoreThanWasLeftThere() {
    KeyedBuckets few = new KeyedBuckets(WARMING, 1, ticker);
    few.take("own", 1, 0);
    // Others warm the shared bucket up, which is full in the end.
    assertThat(takeAll(few, "shares")).isOne();
    ticker.advance(WARM_UP);
    assertThat(takeAll(few, "shares")).isEqualTo(100);
    ticker.advance(1);
    // The first key is cold and forgotten, so there is room.
    assertThat(takeAll(few, "shares")).isZero();
    assertThat(few.size()).isOne();
    // Once that is as if nobody had asked it, neither had anyone asked those that come.
    ticker.advance(5 * WARM_UP);
    assertThat(takeAll(few, "later")).isOne();
  }

  @Test
  void aPauseHoldsForKeysThatComeInIt() {
    buckets.pauseFor(60 * SECOND);
    ticker.advance(10 * SECOND);
    assertThat(buckets.retryAfterNanos("a", 1)).isGreaterThan(50 * SECOND);
    ticker.advance(50 * SECOND);
    assertThat(takeAll(buckets, "a")).isZero();
    assertThat(takeAll(buckets, "b")).isZero();
    ticker.advance(WARM_UP);
    assertThat(takeAll(buckets, "c")).isOne();
  }

  @Test
  void aPauseHoldsForKeysOfALimiterThatHadNone() {
    LocalCore core = new LocalCore("warming", WARMING, ticker);
    core.pauseFor(60 * SECOND);
    assertThat(core.ofKey("a").retryAfterNanos(1)).isGreaterThan(60 * SECOND);
    ticker.advance(60 * SECOND - 1);
    assertThat(core.ofKey("b").takeIfThere(1)).isLessThan(0);
  }

  @Test
  void aChangeToAWarmUpIsOneForKnownKeysAndForNewOnes() {
    KeyedBuckets changed = new KeyedBuckets(WITHOUT, 1_000, ticker);
    assertThat(takeAll(changed, "known")).isEqualTo(100);
    changed.change(WARMING);
    assertThat(changed.take("known", 1, 0)).isEqualTo(Outcome.refused(FIRST_TOKEN));
    assertThat(takeAll(changed, "new")).isOne();
  }

  @Test
  void aChangeThatEndsTheWarmUpIsOneForKnownKeysAndForNewOnes() {
    takeAll(buckets, "known");
    buckets.change(WITHOUT);
    assertThat(buckets.take("known", 1, 0)).isEqualTo(Outcome.refused(SECOND / 10));
    assertThat(takeAll(buckets, "new")).isEqualTo(100);
  }

  @Test
  void aChangeKeepsAPauseForKeysThatComeInIt() {
    buckets.pauseFor(60 * SECOND);
    buckets.change(WITHOUT);
    ticker.advance(60 * SECOND - 1);
    assertThat(takeAll(buckets, "a")).isZero();
    ticker.advance(SECOND / 10 + 1);
    assertThat(takeAll(buckets, "b")).isOne();
  }

  @Test
  void aChangeOfTheWarmUpLeavesAKeyColdThatNobodyHasAsked() {
    Limits limits = Limits.of(WARMING);
    Turnstile turnstile = new Turnstile(limits, ticker);
    KeyBucket asked = new KeyBucket(limits, ticker.nanos());
    KeyBucket unasked = new KeyBucket(limits, ticker.nanos());
    turnstile.take(asked, 1, 0);
    turnstile.change(
        List.of(asked, unasked), Limits.of(WARMING.withWarmUp(Duration.ofNanos(2 * WARM_UP))));
    assertThat(turnstile.available(unasked)).isOne();
  }

  @Test
  void oneThatBeginsWithLessIsNotForgottenBeforeItsFirstCall() {
    Limits limits = Limits.of(WARMING);
    KeyBucket empty = new KeyBucket(limits, ticker.nanos() + 10 * SECOND);
    assertThat(new Turnstile(limits, ticker).retireIfAsNew(empty)).isFalse();
  }

  private static int takeAll(KeyedBuckets buckets, String key) {
    int granted = 0;
    while (Outcome.granted(buckets.take(key, 1, 0))) {
      granted++;
    }
    return granted;
  }
}
