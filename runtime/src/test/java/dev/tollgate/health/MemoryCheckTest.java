package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.health.memory.MemoryReader;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** On the machine that the test runs on. */
class MemoryCheckTest {
  private static final SpaceThresholds NOTHING_IS_LITTLE = new SpaceThresholds(0, 0, 0, 0, 0);
  private static final SpaceThresholds ALL_IS_LITTLE = new SpaceThresholds(0, 1, 0, 1, 0);

  private final MemoryReader memory = MemoryReader.ofThisMachine();

  @Test
  void tellsWhatIsAvailableAndWhatTheCollectorLeftInTheHeap() throws IOException {
    System.gc();
    HealthResult result = new MemoryCheck(memory, NOTHING_IS_LITTLE).check();
    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(result.detail())
        .matches(
            "[0-9.]+ .?B of [0-9.]+ .?B available \\([0-9.]+ %\\) (on the host|in the container)"
                + "; heap after collection [0-9.]+ .?B of [0-9.]+ .?B");
  }

  @Test
  void tooLittleIsUnhealthy() throws IOException {
    assertThat(new MemoryCheck(memory, ALL_IS_LITTLE).check().status())
        .isEqualTo(HealthStatus.UNHEALTHY);
  }
}
