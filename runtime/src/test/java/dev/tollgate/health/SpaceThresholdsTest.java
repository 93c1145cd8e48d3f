package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceThresholdsTest {
  private static final long MB = 1_000_000;

  @ParameterizedTest
  @CsvSource({
    // free, total, in MB
    "300000, 1000000, HEALTHY, true",
    "199999, 1000000, DEGRADED, true",
    "99999, 1000000, UNHEALTHY, true",
    // 5 GB and 1 GB count where the whole is four times as large.
    "5000, 20000, HEALTHY, true",
    "4999, 20000, DEGRADED, true",
    "4999, 19999, HEALTHY, true",
    "999, 4000, UNHEALTHY, true",
    "999, 3999, HEALTHY, true",
    "799, 3999, DEGRADED, true",
    // A small one is not sick by nature.
    "64, 64, HEALTHY, true",
    "13, 64, HEALTHY, true",
    "12, 64, DEGRADED, true",
    "6, 64, UNHEALTHY, true",
    // 100 MB to get traffic, and that of nothing smaller than 400.
    "100, 400, HEALTHY, true",
    "99, 400, HEALTHY, false",
    "99, 399, HEALTHY, true",
    "99, 1000000, UNHEALTHY, false",
  })
  void saysWhatIsLittle(long free, long total, HealthStatus status, boolean ready) {
    HealthResult result = HealthConfig.DEFAULT.disk().judge(free * MB, total * MB, "detail");
    assertThat(result).isEqualTo(new HealthResult(status, "detail", ready));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0, 0, 0, a number of bytes is negative; it must be 0 or more",
    "0, 1.01, 0, 0, 0, a share is not between 0 and 100 %",
    "0, NaN, 0, 0, 0, a share is not between 0 and 100 %",
    "1, 0, 2, 0, 0, critical-free is above degraded-free; it must be the same or less",
    "0, 0.1, 0, 0.2, 0, critical-share is above degraded-share; it must be the same or less",
  })
  void refusesWhatMakesNoSense(
      long degradedBytes,
      double degradedShare,
      long criticalBytes,
      double criticalShare,
      long readyBytes,
      String why) {
    assertThatThrownBy(
            () ->
                new SpaceThresholds(
                    degradedBytes, degradedShare, criticalBytes, criticalShare, readyBytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
  }
}
