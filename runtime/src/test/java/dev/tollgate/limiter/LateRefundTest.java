package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens that come back when the bucket has filled up meanwhile. */
@Timeout(60)
class LateRefundTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LONG = 600 * SECOND;
  private static final RateLimitConfig ONE_A_SECOND =
      RateLimitConfig.of(1, Duration.ofSeconds(1)).withCapacity(10);

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - 3 * SECOND);

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void afterABucketWasFullNothingComesBack(BucketKind kind) {
    LimiterBucket bucket = empty(kind);
    CompletableFuture<Long> unused = bucket.takeLater(1, LONG);
    ticker.advance(100 * SECOND);
    assertThat(bucket.take(10, 0)).isZero();
    undo(unused);
    assertThat(bucket.takeIfThere(1)).isNegative();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whatWouldHaveGoneOverTheBrimDoesNotComeBack(BucketKind kind) {
    LimiterBucket bucket = empty(kind);
    CompletableFuture<Long> unused = bucket.takeLater(5, LONG);
    ticker.advance(21 * SECOND / 2);
    assertThat(bucket.take(5, 0)).isZero();
    undo(unused);
    assertThat(bucket.available()).as("five less the one that had no room").isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whileOthersHaveWaitedEverSinceAllComesBack(BucketKind kind) {
    LimiterBucket bucket = empty(kind);
    CompletableFuture<Long> unused = bucket.takeLater(5, LONG);
    bucket.takeLater(5, LONG);
    CompletableFuture<Long> waits = bucket.takeLater(10, LONG);
    ticker.advance(5 * SECOND);
    ticker.advance(5 * SECOND);
    ticker.advance(2 * SECOND);
    bucket.takeLater(1, LONG);
    undo(unused);
    ticker.advance(3 * SECOND);
    assertThat(waits.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(15 * SECOND);
  }

  /** Whoever has joined the line meanwhile has found the bucket as full as it was. */
  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoHasWaitedMeanwhileHasTakenThen(BucketKind kind) {
    LimiterBucket bucket = empty(kind);
    CompletableFuture<Long> unused = bucket.takeLater(5, LONG);
    ticker.advance(14 * SECOND);
    bucket.takeLater(10, LONG);
    ticker.advance(SECOND);
    undo(unused);
    assertThat(bucket.available()).isZero();
  }

  /** Of two that come back at one instant, the second finds what the first has brought. */
  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whoCameAtThatVeryMomentHasNotWaitedEverSince(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(ONE_A_SECOND.withCapacity(1), ticker);
    bucket.take(1, 0);
    CompletableFuture<Long> first = bucket.takeLater(1, LONG);
    ticker.advance(SECOND);
    CompletableFuture<Long> second = bucket.takeLater(1, LONG);
    ticker.advance(SECOND);
    undo(first);
    bucket.takeLater(1, LONG);
    bucket.takeLater(1, LONG);
    undo(second);
    assertThat(bucket.tally().waiting()).isOne();
  }

  /** A moment is a whole nanosecond, and brings two of a billion parts too many here. */
  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void partOfATokenTooMuchHasNoRoomEither(BucketKind kind) {
    LimiterBucket bucket =
        kind.bucket(RateLimitConfig.of(3, Duration.ofSeconds(1)).withCapacity(4), ticker);
    bucket.take(4, 0);
    CompletableFuture<Long> unused = bucket.takeLater(1, LONG);
    ticker.advance(333_333_334);
    ticker.advance(SECOND);
    assertThat(bucket.take(3, 0)).isZero();
    undo(unused);
    assertThat(bucket.available()).isZero();
  }

  @ParameterizedTest
  @EnumSource(BucketKind.class)
  void whatWasThereAtOnceHasOnlyTheRoomThatItLeft(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(ONE_A_SECOND, ticker);
    CompletableFuture<Long> unused = bucket.takeLater(4, 0);
    ticker.advance(3 * SECOND);
    assertThat(bucket.take(9, 0)).isZero();
    undo(unused);
    assertThat(bucket.available()).isOne();
  }

  @Test
  void eachLimitOfACallByItself() {
    LocalCore slow = new LocalCore("slow", ONE_A_SECOND, ticker);
    LocalCore fast =
        new LocalCore(
            "fast", RateLimitConfig.of(5, Duration.ofSeconds(1)).withCapacity(10), ticker);
    slow.take(10, 0);
    CompletableFuture<Long> unused =
        AllOrNothing.takeLater(
            new TokenSource[] {slow, fast}, new long[] {3, 3}, new long[] {LONG, LONG});
    ticker.advance(3 * SECOND);
    ticker.advance(2 * SECOND);
    assertThat(fast.take(10, 0)).isZero();
    undo(unused);
    assertThat(slow.available()).isEqualTo(5);
    assertThat(fast.available()).isZero();
  }

  @Test
  void whoReadTheClockBeforeAnotherButComesAfterTakesNoTimeBack() {
    Limits limits = Limits.of(ONE_A_SECOND);
    Ledger ledger = new Ledger(limits, new LongAdder(), 0);
    Level level = new KeyBucket(limits, 0);
    ledger.spend(level, 10, 0);
    Grant unused = ledger.grantOf(level, 5, 0, 5);
    ledger.spend(level, 1, 9 * SECOND);
    ledger.spend(level, 1, SECOND);
    ledger.refund(unused, false, 9 * SECOND);
    assertThat(ledger.refunded()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    // granted so many, with so much room, after so long, others' refunds: what is left
    "5, 5, 0, 0, 5",
    "5, 5, 5000, 0, 5",
    "5, 5, 5001, 0, 4",
    "5, 5, 9000, 0, 1",
    "5, 5, 20000, 0, 0",
    "5, 0, 1, 0, 4",
    "5, 5, 3000, 2, 5",
    "5, 5, 3000, 4, 3",
    "5, 5, 0, 100, 0"
  })
  void timeAndOthersTakeTheRoom(long weight, long room, long millis, long others, long left) {
    Limits limits = Limits.of(ONE_A_SECOND);
    Level level = new KeyBucket(limits, 0);
    Grant grant = new Grant(level, weight, 7, room, 1_000, limits);
    assertThat(grant.left(7 + millis * 1_000_000, 1_000 + others, limits)).isEqualTo(left);
    Limits changed = Limits.of(ONE_A_SECOND.withCapacity(11));
    assertThat(grant.left(7 + millis * 1_000_000, 1_000 + others, changed)).isZero();
  }

  private LimiterBucket empty(BucketKind kind) {
    LimiterBucket bucket = kind.bucket(ONE_A_SECOND, ticker);
    bucket.take(10, 0);
    return bucket;
  }

  /** Whoever comes first, this or the delivery. */
  private static void undo(CompletableFuture<Long> unused) {
    if (!unused.cancel(false)) {
      AllOrNothing.giveBack(unused);
    }
  }
}
