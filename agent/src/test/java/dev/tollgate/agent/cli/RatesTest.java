package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.agent.cli.Rates.Rate;
import dev.tollgate.agent.cli.jvm.LimiterReading;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void areDifferencesOverTheTimeThatReallyPassed() {
    LimiterReading then = limiter("a", 100, 90, 10, 5 * SECOND);
    LimiterReading now = limiter("a", 130, 115, 15, 5 * SECOND + SECOND * 5 / 4);

    assertThat(Rates.between(List.of(then), List.of(now)))
        .containsOnlyKeys("a")
        .containsEntry("a", new Rate(24, 20, 4));
  }

  @Test
  void eachLimiterHasItsOwnTime() {
    assertThat(
            Rates.between(
                List.of(limiter("a", 0, 0, 0, 0), limiter("b", 0, 0, 0, SECOND)),
                List.of(limiter("b", 6, 6, 0, 3 * SECOND), limiter("a", 6, 6, 0, SECOND))))
        .containsEntry("a", new Rate(6, 6, 0))
        .containsEntry("b", new Rate(3, 3, 0));
  }

  @Test
  void theClockMayWrap() {
    assertThat(
            Rates.between(
                List.of(limiter("a", 0, 0, 0, Long.MAX_VALUE - SECOND)),
                List.of(limiter("a", 4, 4, 0, Long.MIN_VALUE + SECOND - 1))))
        .containsEntry("a", new Rate(2, 2, 0));
  }

  @Test
  void thereAreNoneOfALimiterThatIsNewOrOfNoTime() {
    LimiterReading limiter = limiter("a", 1, 1, 0, SECOND);

    assertThat(Rates.between(List.of(), List.of(limiter))).isEmpty();
    assertThat(Rates.between(List.of(limiter), List.of())).isEmpty();
    assertThat(Rates.between(List.of(limiter), List.of(limiter))).isEmpty();
  }

  private static LimiterReading limiter(
      String name, long total, long admitted, long rejected, long nanos) {
    return new LimiterReading(
        name, 1, 1, 0, 1, "enforce", 0, total, admitted, rejected, 0, 0, 0, 0, 0, nanos);
  }
}
