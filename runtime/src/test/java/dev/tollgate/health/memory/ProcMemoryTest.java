package dev.tollgate.health.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcMemoryTest {
  @TempDir Path folder;

  @Test
  void whatTheKernelSaysIsInBytes() throws IOException {
    assertThat(read("MemTotal:       16384256 kB\nMemFree: 1 kB\nMemAvailable:   9000000 kB\n"))
        .isEqualTo(
            new MemoryReading(16_384_256L * 1024, 9_000_000L * 1024, MemoryReading.Source.HOST));
  }

  @Test
  void moreAvailableThanInAllIsAll() throws IOException {
    assertThat(read("MemTotal: 100 kB\nMemAvailable: 200 kB\n").availableBytes())
        .isEqualTo(100 * 1024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MemTotal: 100 kB\n",
        "MemAvailable: 100 kB\n",
        "MemTotal: 0 kB\nMemAvailable: 0 kB\n",
        "MemTotal: 100 MB\nMemAvailable: 0 kB\n",
        "MemTotal: many kB\nMemAvailable: 0 kB\n",
        "MemTotal: 9223372036854775807 kB\nMemAvailable: 0 kB\n"
      })
  void whatMakesNoSenseIsAnErrorThatNamesTheFile(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("meminfo");
  }

  private MemoryReading read(String text) throws IOException {
    return new ProcMemory(Files.writeString(folder.resolve("meminfo"), text)).read();
  }
}
