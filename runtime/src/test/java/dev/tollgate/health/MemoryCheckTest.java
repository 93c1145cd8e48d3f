package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.health.memory.MemoryReader;
import dev.tollgate.health.memory.MemoryReading;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** On the machine that the test runs on. */
class MemoryCheckTest {
  private static final long MB = 1_000_000;

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

  @Test
  void heapThatCanBeReusedCountsWhereLittleElseIsLeft() throws IOException {
    HealthResult result = container(60 * MB, 150 * MB);

    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(result.ready()).isTrue();
    assertThat(result.detail())
        .startsWith("210 MB of 512 MB available (41.0 %) in the container, 150 MB of it free in");
  }

  @Test
  void aFullHeapInAFullContainerIsUnhealthyAndNotReady() throws IOException {
    HealthResult result = container(40 * MB, MB);

    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(result.ready()).isFalse();
  }

  @Test
  void theHeapIsNotAskedWhereMemoryIsPlenty() throws IOException {
    MemoryReading plenty = new MemoryReading(512 * MB, 300 * MB, MemoryReading.Source.CGROUP_V2);
    HealthResult result =
        new MemoryCheck(
                () -> plenty,
                () -> {
                  throw new AssertionError("asked");
                },
                HealthConfig.DEFAULT.memory())
            .check();

    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
  }

  private static HealthResult container(long available, long reusableHeap) throws IOException {
    MemoryReading reading = new MemoryReading(512 * MB, available, MemoryReading.Source.CGROUP_V2);
    return new MemoryCheck(() -> reading, () -> reusableHeap, HealthConfig.DEFAULT.memory())
        .check();
  }
}
