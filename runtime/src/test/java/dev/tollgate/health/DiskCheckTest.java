package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCheckTest {
  private static final SpaceThresholds NOTHING_IS_LITTLE = new SpaceThresholds(0, 0, 0, 0, 0);
  private static final SpaceThresholds ALL_IS_LITTLE = new SpaceThresholds(0, 1, 0, 1, 0);

  @TempDir Path folder;

  @Test
  void tellsWhatIsFreeOfTheWholeAndWhere() throws IOException {
    HealthResult result = new DiskCheck(folder.toString(), NOTHING_IS_LITTLE).check();
    assertThat(result.status()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(result.detail()).matches("[0-9.]+ .?B of [0-9.]+ .?B free \\([0-9.]+ %\\) at .*");
    assertThat(result.detail()).endsWith(" at " + folder);
  }

  @Test
  void countsWhatThisProcessMayUse() throws IOException {
    double free = Files.getFileStore(folder).getUsableSpace();
    double total = Files.getFileStore(folder).getTotalSpace();
    String detail = new DiskCheck(folder.toString(), NOTHING_IS_LITTLE).check().detail();
    String share = detail.substring(detail.indexOf('(') + 1, detail.indexOf(" %"));
    // The disk may fill meanwhile: a percent is what other programs may write.
    assertThat(Double.parseDouble(share)).isCloseTo(100 * free / total, within(1.0));
  }

  @Test
  void anAlmostFullDiskIsUnhealthy() throws IOException {
    HealthResult result = new DiskCheck(folder.toString(), ALL_IS_LITTLE).check();
    assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void aPathThatHasGoneIsAFault() {
    Path gone = folder.resolve("gone");
    assertThatThrownBy(() -> new DiskCheck(gone.toString(), NOTHING_IS_LITTLE).check())
        .isInstanceOf(IOException.class)
        .hasMessage(gone + " doesn't exist");
  }
}
