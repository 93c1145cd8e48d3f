package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many who wait, and what it takes when they give up. */
@Timeout(60)
class BacklogTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int MANY = 2_000;

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 3 * SECOND);

  /** How often tokens were taken of the level, again or not. */
  private long owed;

  @ParameterizedTest
  @ValueSource(longs = {1, 10})
  void whoGivesUpAtTheHeadOfALongLineCostsALookAtAFew(long capacity) {
    assertThat(owedWhenAllGiveUp(capacity, calls -> {})).isLessThan(MANY * 20L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 10})
  void whoGivesUpAtTheEndOfALongLineCostsALookAtAFew(long capacity) {
    assertThat(owedWhenAllGiveUp(capacity, Collections::reverse)).isLessThan(MANY * 20L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 10})
  void whoGivesUpAnywhereInALongLineCostsALookAtAFew(long capacity) {
    assertThat(owedWhenAllGiveUp(capacity, calls -> Collections.shuffle(calls, new Random(1))))
        .isLessThan(MANY * 20L);
  }

  @Test
  void aThreadThatGivesUpWakesOnlyTheFirstFew() {
    LeasedBucket bucket = new LeasedBucket(config(10), ticker, 0);
    bucket.take(10, 0);
    List<BackgroundCall<Long>> calls = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      calls.add(BackgroundCall.start(() -> bucket.take(1, 100 * SECOND)));
      ticker.awaitParked(i + 1);
    }
    int before = ticker.parks();
    calls.get(0).interrupt();
    assertThat(calls.get(0).result()).matches(Outcome::isInterrupted);
    ticker.awaitParked(59);
    assertThat(ticker.parks() - before).isEqualTo(WaitingLine.TOLD);
    ticker.advance(59 * SECOND - 1);
    ticker.awaitParked(1);
    assertThat(calls.get(59).isDone()).isFalse();
    ticker.advance(1);
    assertThat(calls.get(59).result()).isEqualTo(59 * SECOND);
    assertThat(bucket.available()).isZero();
  }

  private interface Order {
    void arrange(List<CompletableFuture<Long>> calls);
  }

  private long owedWhenAllGiveUp(long capacity, Order order) {
    Limits limits = Limits.of(config(capacity));
    Level level = new CountedLevel(limits);
    Turnstile turnstile = new Turnstile(limits, ticker);
    assertThat(turnstile.take(level, capacity, 0)).isZero();
    List<CompletableFuture<Long>> calls = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      calls.add(turnstile.takeLater(level, 1, Waits.LONGEST));
    }
    order.arrange(calls);
    owed = 0;
    calls.forEach(call -> call.completeExceptionally(new TimeoutException()));
    long before = owed;
    assertThat(turnstile.retryAfterNanos(level, 1)).isEqualTo(SECOND);
    assertThat(level.waiting()).isZero();
    return before;
  }

  private static RateLimitConfig config(long capacity) {
    return RateLimitConfig.of(1, Duration.ofSeconds(1)).withCapacity(capacity);
  }

  private final class CountedLevel extends Level {
    private final KeyBucket bucket;

    CountedLevel(Limits limits) {
      super(limits);
      bucket = new KeyBucket(limits, ticker.nanos());
    }

    @Override
    long emptyUntil(Limits limits) {
      return bucket.emptyUntil(limits);
    }

    @Override
    long coveredAt(long weight, Limits limits) {
      return bucket.coveredAt(weight, limits);
    }

    @Override
    long waitFor(long weight, long now, Limits limits) {
      return bucket.waitFor(weight, now, limits);
    }

    @Override
    void spend(long weight, Limits limits) {
      bucket.spend(weight, limits);
    }

    @Override
    void owe(long weight, Limits limits) {
      owed++;
      bucket.owe(weight, limits);
    }

    @Override
    long paidAt(Limits limits) {
      return bucket.paidAt(limits);
    }

    @Override
    long clip(Limits limits) {
      return bucket.clip(limits);
    }

    @Override
    void restore(long weight, long clipped, Limits limits) {
      bucket.restore(weight, clipped, limits);
    }

    @Override
    void refund(long weight, Limits limits) {
      bucket.refund(weight, limits);
    }

    @Override
    void recall() {
      bucket.recall();
    }

    @Override
    long begins(long now, Limits limits) {
      return bucket.begins(now, limits);
    }

    @Override
    void beginAt(long moment, Limits limits) {
      bucket.beginAt(moment, limits);
    }

    @Override
    void resume(long end, long now, Limits limits) {
      bucket.resume(end, now, limits);
    }

    @Override
    void rescale(Limits from, Limits to, long now, long newNow) {
      bucket.rescale(from, to, now, newNow);
    }

    @Override
    long available(long now, Limits limits) {
      return bucket.available(now, limits);
    }

    @Override
    void fill(Limits limits, long now) {
      bucket.fill(limits, now);
    }

    @Override
    long admittedWithoutTurnstile() {
      return bucket.admittedWithoutTurnstile();
    }
  }
}
