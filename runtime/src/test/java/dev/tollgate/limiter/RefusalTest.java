package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class RefusalTest {

  @Test
  void namesTheLimiterAndWhenToTryAgain() {
    assertThat(Refusal.of("billing", 1, Outcome.refused(750_000_000)))
        .isEqualTo(
            new Refusal(
                "Rate limit 'billing' refused the call: retry after 750ms",
                Duration.ofMillis(750),
                false));
  }

  @Test
  void saysThatAWeightAboveTheCapacityIsNeverGranted() {
    assertThat(Refusal.of("billing", 99, Outcome.NEVER))
        .isEqualTo(
            new Refusal(
                "Rate limit 'billing' refused the call: its weight, 99, is above the limiter's"
                    + " capacity",
                ChronoUnit.FOREVER.getDuration(),
                false));
  }

  @Test
  void tellsAnInterruptFromARefusal() {
    Refusal refusal = Refusal.of("billing", 1, Outcome.INTERRUPTED);
    assertThat(refusal.interrupted()).isTrue();
    assertThat(refusal.message()).isEqualTo("Interrupted while waiting for rate limit 'billing'");
    assertThat(refusal.retryAfter()).isZero();
    refusal = Refusal.of("billing", 1, Outcome.interrupted(5));
    assertThat(refusal.interrupted()).isTrue();
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofNanos(5));
  }

  @Test
  void noInterruptionIsTakenForARefusalOrForAReservedAnswer() {
    for (long wait : new long[] {0, 1, Waits.LONGEST - 1, Waits.LONGEST, Long.MAX_VALUE}) {
      long outcome = Outcome.interrupted(wait);
      assertThat(Outcome.granted(outcome)).isFalse();
      assertThat(Outcome.isInterrupted(outcome)).isTrue();
      assertThat(outcome).isNotIn(Outcome.NEVER, Outcome.RETIRED, Outcome.PENDING);
      assertThat(Outcome.retryAfterNanos(outcome)).isEqualTo(Math.min(wait, Waits.LONGEST));
      assertThat(Outcome.withoutMoment(outcome)).isEqualTo(Outcome.INTERRUPTED);
    }
    assertThat(Outcome.isInterrupted(Outcome.NEVER)).isFalse();
    assertThat(Outcome.isInterrupted(Outcome.RETIRED)).isFalse();
    assertThat(Outcome.isInterrupted(Outcome.PENDING)).isFalse();
  }

  @Test
  void noRefusalIsTakenForAGrantOrForAReservedAnswer() {
    for (long wait : new long[] {0, 1, Outcome.MAX_NANOS}) {
      long outcome = Outcome.refused(wait);
      assertThat(Outcome.granted(outcome)).isFalse();
      assertThat(outcome).isNotIn(Outcome.NEVER, Outcome.RETIRED, Outcome.PENDING);
      assertThat(Outcome.isInterrupted(outcome)).isFalse();
      assertThat(Outcome.withoutMoment(outcome)).isEqualTo(outcome);
      assertThat(Outcome.retryAfterNanos(outcome)).isEqualTo(wait);
    }
    assertThat(Outcome.granted(Outcome.NEVER)).isFalse();
    assertThat(Outcome.granted(Outcome.INTERRUPTED)).isFalse();
    assertThat(Outcome.granted(0)).isTrue();
  }
}
