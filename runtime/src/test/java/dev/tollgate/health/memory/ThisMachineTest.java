package dev.tollgate.health.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The host's numbers, beside those of others. */
class ThisMachineTest {
  private static final Path MEMINFO = Path.of("/proc/meminfo");

  /** What other programs may take or give back between two readings. */
  private static final long MOVEMENT = 1L << 30;

  @Test
  void theKernelSaysTheSame() throws IOException {
    assumeTrue(Files.isReadable(MEMINFO), "there is no /proc/meminfo on this machine");
    MemoryReading host = new LazyHostMemory().read();

    assertThat(host.totalBytes()).isEqualTo(kernel("MemTotal"));
    assertThat(host.availableBytes()).isCloseTo(kernel("MemAvailable"), within(MOVEMENT));
    assertThat(host.source()).isEqualTo(MemoryReading.Source.HOST);
  }

  @Test
  void theCommandFreeSaysTheSame() throws IOException {
    List<String> columns = free();
    MemoryReading host = new LazyHostMemory().read();

    assertThat(host.totalBytes()).isEqualTo(Long.parseLong(columns.get(1)));
    assertThat(host.availableBytes()).isCloseTo(Long.parseLong(columns.get(6)), within(MOVEMENT));
  }

  @Test
  void aReadingOfThisProcessFitsTheHost() throws IOException {
    MemoryReading host = new LazyHostMemory().read();
    MemoryReading reading = MemoryReader.ofThisMachine().read();

    assertThat(reading.totalBytes()).isBetween(1L, host.totalBytes());
    assertThat(reading.availableBytes()).isBetween(0L, reading.totalBytes());
  }

  private static long kernel(String key) throws IOException {
    try (var lines = Files.lines(MEMINFO)) {
      String line = lines.filter(l -> l.startsWith(key + ":")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    }
  }

  private static List<String> free() throws IOException {
    Process process;
    try {
      process = new ProcessBuilder("free", "-b").redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "there is no command free on this machine: " + e.getMessage());
      throw e;
    }
    try (var reader = process.inputReader()) {
      List<String> lines = reader.lines().toList();
      assumeTrue(
          lines.size() > 1 && lines.get(0).endsWith("available"),
          () -> "this command free prints other columns: " + lines);
      return Arrays.asList(lines.get(1).split(" +"));
    }
  }
}
