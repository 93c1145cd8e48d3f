package dev.tollgate.limiter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What other limiters fell into; each test is named for whose trap it is. */
@Timeout(60)
class TrapsTest {
  private static final long SECOND = 1_000_000_000L;

  private final FakeTicker ticker = new FakeTicker(Long.MAX_VALUE - SECOND);

  private enum Kind {
    OF_A_LIMITER,
    OF_A_KEY;

    TokenBucket bucket(RateLimitConfig config, Ticker ticker) {
      return this == OF_A_KEY ? new BucketOfAKey(config, ticker) : new LeasedBucket(config, ticker);
    }
  }

  @ParameterizedTest
  @EnumSource
  void failsafe_creditsWithoutACapAfterADebt(Kind kind) {
    TokenBucket bucket = kind.bucket(perSecond(10), ticker);
    bucket.take(10, 0);
    assertThat(bucket.charge(10, SECOND)).isEqualTo(SECOND);
    ticker.advance(100 * SECOND);
    assertThat(takeAll(bucket)).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource
  void resilience4j_grantsTwoPeriodsWorthAtAPeriodsEdge(Kind kind) {
    TokenBucket bucket = kind.bucket(perSecond(10), ticker);
    ticker.advance(SECOND - 1);
    assertThat(takeAll(bucket)).isEqualTo(10);
    ticker.advance(1);
    assertThat(takeAll(bucket)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void resilience4j_interruptedWaitersLeaveADebtBehind(Kind kind) {
    TokenBucket bucket = kind.bucket(perSecond(10), ticker);
    bucket.take(10, 0);
    List<BackgroundCall<Long>> waiters = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      waiters.add(BackgroundCall.start(() -> bucket.take(1, SECOND)));
      ticker.awaitParked(i);
    }
    for (BackgroundCall<Long> waiter : waiters) {
      waiter.interrupt();
      assertThat(waiter.result()).matches(Outcome::isInterrupted);
    }
    ticker.advance(SECOND / 10);
    assertThat(bucket.take(1, 0)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void resilience4j_aHopelessWaitBlocksForTheWholeTimeout(Kind kind) {
    TokenBucket bucket = kind.bucket(perSecond(10), ticker);
    bucket.take(10, 0);
    assertThat(bucket.take(10, SECOND - 1)).isEqualTo(Outcome.refused(SECOND));
    assertThat(ticker.parks()).isZero();
  }

  @Test
  void bucket4j_goesByTheWallClock() {
    JavaClasses limiter =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackagesOf(TokenBucket.class);
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .check(limiter);
    noClasses()
        .that()
        .areNotAssignableTo(SystemTicker.class)
        .should()
        .callMethod(System.class, "nanoTime")
        .check(limiter);
  }

  @ParameterizedTest
  @EnumSource
  void bucket4j_theWaitThatItPromisesIsRoundedDown(Kind kind) {
    for (long permits : new long[] {1, 3, 7, 999, 1_000_003, 333_333_333}) {
      TokenBucket bucket = kind.bucket(perSecond(permits).withCapacity(3), ticker);
      bucket.take(3, 0);
      ticker.advance(SECOND / permits / 3);
      long wait = bucket.retryAfterNanos(2);
      ticker.advance(wait - 1);
      assertThat(bucket.take(2, 0)).as("%d a second, too early", permits).isNegative();
      ticker.advance(1);
      assertThat(bucket.take(2, 0)).as("%d a second", permits).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void bucket4j_cancelledWaitsKeepTheTokens(Kind kind) {
    TokenBucket bucket = kind.bucket(perSecond(10), ticker);
    bucket.take(10, 0);
    BackgroundCall<Long> cancelled = BackgroundCall.start(() -> bucket.take(5, SECOND));
    ticker.awaitParked(1);
    BackgroundCall<Long> behind = BackgroundCall.start(() -> bucket.take(1, SECOND));
    ticker.awaitParked(2);
    cancelled.interrupt();
    assertThat(cancelled.result()).matches(Outcome::isInterrupted);
    ticker.advance(SECOND / 10);
    assertThat(behind.result()).isEqualTo(SECOND / 10);
  }

  @ParameterizedTest
  @EnumSource
  void guava_grantsAThousandTimesTheCapacityAtOnce(Kind kind) {
    TokenBucket bucket = kind.bucket(perSecond(5), ticker);
    assertThat(bucket.take(5_000, 0)).isEqualTo(Outcome.NEVER);
    assertThat(bucket.take(5_000, Waits.LONGEST)).isEqualTo(Outcome.NEVER);
    assertThat(bucket.available()).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource
  void smallRye_refusedCallsUseUpQuota(Kind kind) {
    TokenBucket bucket = kind.bucket(perSecond(10), ticker);
    bucket.take(10, 0);
    for (int i = 0; i < 1_000; i++) {
      assertThat(bucket.take(1, 0)).isNegative();
    }
    ticker.advance(SECOND / 10);
    assertThat(bucket.take(1, 0)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void sentinel_checksThenActs(Kind kind) throws Exception {
    int threads = 8;
    for (int round = 0; round < 100; round++) {
      TokenBucket bucket = kind.bucket(perSecond(500), ticker);
      CyclicBarrier start = new CyclicBarrier(threads);
      List<BackgroundCall<Long>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(
            BackgroundCall.start(
                () -> {
                  start.await();
                  return takeAll(bucket);
                }));
      }
      long granted = 0;
      for (BackgroundCall<Long> call : calls) {
        granted += call.result();
      }
      assertThat(granted).as("round %d", round).isEqualTo(500);
    }
  }

  @ParameterizedTest
  @EnumSource
  void many_negativeTokensAfterALongIdleTime(Kind kind) {
    TokenBucket bucket = kind.bucket(perSecond(1_000_000_000), ticker);
    for (int i = 0; i < 3; i++) {
      bucket.take(1_000_000_000, 0);
      ticker.advance((1L << 62) - 1);
      assertThat(bucket.available()).isEqualTo(1_000_000_000);
    }
  }

  @Test
  void many_aLimiterIsEvictedAndMadeAgainWithDefaults() {
    LimiterRegistry registry = new LimiterRegistry(ticker);
    RateLimiter limiter = registry.register("kept", perSecond(3));
    for (int i = 0; i < 10_000; i++) {
      registry.register("other" + i, perSecond(1));
    }
    System.gc();
    assertThat(registry.get("kept")).isSameAs(limiter);
    assertThat(registry.get("kept").config()).isEqualTo(perSecond(3));
  }

  @Test
  void many_refillsInTheBackgroundLeakThreads() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    LimiterRegistry registry = new LimiterRegistry(Ticker.system());
    for (int i = 0; i < 1_000; i++) {
      registry.register("limiter" + i, perSecond(1_000_000)).tryAcquire();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread))
        .extracting(Thread::getName)
        .noneMatch(name -> name.contains("ollgate") || name.contains("imiter"));
  }

  private static RateLimitConfig perSecond(long permits) {
    return RateLimitConfig.of(permits, Duration.ofSeconds(1));
  }

  private static long takeAll(TokenBucket bucket) {
    long granted = 0;
    while (Outcome.granted(bucket.take(1, 0))) {
      granted++;
    }
    return granted;
  }
}
