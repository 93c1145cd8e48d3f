package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalCoreTest {
  private static final long SECOND = 1_000_000_000L;

  private final LeapingTicker ticker = new LeapingTicker(0);
  private final RateLimitConfig config =
      RateLimitConfig.of(2, Duration.ofSeconds(2)).withTimeout(Duration.ofSeconds(3));

  @Test
  void enforcedCallsWaitForTheLimitersOwnTimeoutWhereTheyNameNone() {
    LocalCore core = core(config);
    core.take(2, 0);
    assertThat(core.take(2, Outcome.OWN_TIMEOUT)).isEqualTo(2 * SECOND);
    assertThat(core.take(2, -77)).isEqualTo(2 * SECOND);
    LocalCore impatient = core(config.withTimeout(Duration.ofNanos(SECOND - 1)));
    impatient.take(2, 0);
    assertThat(impatient.take(1, Outcome.OWN_TIMEOUT)).isEqualTo(~SECOND);
    assertThat(impatient.take(1, SECOND)).isEqualTo(SECOND);
  }

  @Test
  void observedCallsPassAtOnceAndAreCountedAsTheyWouldHaveBeen() {
    LocalCore core = core(config.withMode(LimiterMode.OBSERVE));
    for (int i = 0; i < 10; i++) {
      assertThat(core.take(1, 0)).isZero();
    }
    assertThat(core.take(3, Outcome.OWN_TIMEOUT)).isZero();
    assertThat(core.take(1, Outcome.OWN_TIMEOUT)).isZero();
    assertThat(ticker.nanos()).as("nobody waited").isZero();
    RateLimiterStats stats = core.stats();
    assertThat(stats.totalRequests()).isEqualTo(12);
    assertThat(stats.admittedRequests()).isEqualTo(3);
    assertThat(stats.rejectedRequests()).isEqualTo(9);
    assertThat(stats.rejectionRate()).isEqualTo(0.75);
    assertThat(stats.maxWait()).isEqualTo(Duration.ofSeconds(1));
    assertThat(stats.waiting()).isZero();
  }

  @Test
  void whatObservedCallsWouldHaveTakenIsTaken() {
    LocalCore core = core(config.withMode(LimiterMode.OBSERVE));
    core.take(2, 0);
    core.mode(LimiterMode.ENFORCE);
    assertThat(core.take(1, 0)).isEqualTo(~SECOND);
  }

  @Test
  void aLimiterThatIsOffPassesEverythingUncounted() {
    LocalCore core = core(config.withMode(LimiterMode.OFF));
    for (int i = 0; i < 10; i++) {
      assertThat(core.take(100, 0)).isZero();
    }
    assertThat(core.stats().totalRequests()).isZero();
    assertThat(core.available()).isEqualTo(2);
    core.mode(LimiterMode.ENFORCE);
    assertThat(core.take(2, 0)).isZero();
    assertThat(core.take(1, 0)).isNegative();
  }

  /** The server said so, whoever defines what and when. */
  @Test
  void aPauseStaysWhereTheLimiterIsDefinedAnewBeforeItsFirstCall() {
    LocalCore core = core(config);
    core.pauseFor(10 * SECOND);
    assertThat(core.redefineIfUntouched(RateLimitConfig.of(5, Duration.ofSeconds(1)))).isTrue();
    assertThat(core.available()).isZero();
    assertThat(core.retryAfterNanos(1)).isEqualTo(10 * SECOND + SECOND / 5);
  }

  @Test
  void theModeIsPartOfTheConfigurationAndNothingElseChangesWithIt() {
    LocalCore core = core(config);
    core.mode(LimiterMode.OBSERVE);
    assertThat(core.config()).isEqualTo(config.withMode(LimiterMode.OBSERVE));
    core.mode(LimiterMode.ENFORCE);
    assertThat(core.config()).isEqualTo(config);
  }

  @ParameterizedTest
  @EnumSource(LimiterMode.class)
  void aNegativeWeightIsAnErrorInEveryMode(LimiterMode mode) {
    LocalCore core = core(config.withMode(mode));
    assertThatThrownBy(() -> core.take(-1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight is -1; it must be 0 or more");
    assertThatThrownBy(() -> core.take(Long.MIN_VALUE, Outcome.OWN_TIMEOUT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> core.retryAfterNanos(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(core.stats().totalRequests()).isZero();
    assertThat(core.available()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(LimiterMode.class)
  void weightZeroPassesUncountedInEveryMode(LimiterMode mode) {
    LocalCore core = core(config.withMode(mode));
    assertThat(core.take(0, 0)).isZero();
    assertThat(core.stats().totalRequests()).isZero();
  }

  @Test
  void theRateOfRejectionIsZeroWhereNothingWasAsked() {
    assertThat(core(config).stats())
        .isEqualTo(new RateLimiterStats(0, 0, 0, 0, Duration.ZERO, Duration.ZERO, 0, 0, 2));
  }

  @Test
  void inFlightGoesUpAndDown() {
    LocalCore core = core(config);
    core.inFlight(1);
    core.inFlight(1);
    assertThat(core.stats().inFlight()).isEqualTo(2);
    core.inFlight(-1);
    assertThat(core.stats().inFlight()).isOne();
  }

  @Test
  void becomesAnotherLimiterOnlyWhileUntouched() {
    LocalCore core = core(config);
    RateLimitConfig other = RateLimitConfig.of(9, Duration.ofHours(1)).withTimeout(Duration.ZERO);
    assertThat(core.redefineIfUntouched(other)).isTrue();
    assertThat(core.config()).isEqualTo(other);
    assertThat(core.take(9, 0)).isZero();
    assertThat(core.redefineIfUntouched(config)).isFalse();
    assertThat(core.config()).isEqualTo(other);
    assertThat(core.take(1, Outcome.OWN_TIMEOUT)).as("its own timeout is 0").isNegative();
  }

  private LocalCore core(RateLimitConfig of) {
    return new LocalCore("local", of, ticker);
  }
}
