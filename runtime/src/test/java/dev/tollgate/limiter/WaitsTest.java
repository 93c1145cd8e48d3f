package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class WaitsTest {
  private static final long LONGEST = Outcome.MAX_NANOS / 2;

  @Test
  void areNanoseconds() {
    assertThat(Waits.nanos(Duration.ZERO)).isZero();
    assertThat(Waits.nanos(Duration.ofNanos(1))).isOne();
    assertThat(Waits.nanos(Duration.ofSeconds(30))).isEqualTo(30_000_000_000L);
    assertThat(Waits.nanos(Duration.ofDays(366))).isEqualTo(366 * 86_400_000_000_000L);
  }

  @Test
  void areCutToWhatDifferencesOfTheClockCanHold() {
    assertThat(Waits.nanos(Duration.ofNanos(LONGEST))).isEqualTo(LONGEST);
    assertThat(Waits.nanos(Duration.ofNanos(Long.MAX_VALUE))).isEqualTo(LONGEST);
    assertThat(Waits.nanos(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(LONGEST);
    assertThat(Waits.nanos(ChronoUnit.FOREVER.getDuration())).isEqualTo(LONGEST);
  }

  @Test
  void areNotNegative() {
    assertThatThrownBy(() -> Waits.nanos(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be 0 or more");
    assertThatThrownBy(() -> Waits.nanos(Duration.ofSeconds(Long.MIN_VALUE)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
