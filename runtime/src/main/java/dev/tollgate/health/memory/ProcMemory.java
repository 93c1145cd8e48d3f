package dev.tollgate.health.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of a Linux host, as {@code /proc/meminfo} has it (proc_meminfo(5)). Read here because
 * OSHI fixes the JVM's default time zone when it reads the same file.
 */
final class ProcMemory implements HostMemory {
  private static final String TOTAL = "MemTotal:";

  /** What programs can have without swapping, by the kernel's own estimate; since Linux 3.14. */
  private static final String AVAILABLE = "MemAvailable:";

  private static final String UNIT = "kB";
  private static final long BYTES_PER_UNIT = 1024;

  private final Path file;

  ProcMemory(Path file) {
    this.file = file;
  }

  @Override
  public MemoryReading read() throws IOException {
    long total = -1;
    long available = -1;
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(TOTAL)) {
        total = bytes(line, TOTAL);
      } else if (line.startsWith(AVAILABLE)) {
        available = bytes(line, AVAILABLE);
      }
    }
    if (total <= 0 || available < 0) {
      throw new IOException(
          "the host's memory can't be read: no " + TOTAL + " and " + AVAILABLE + " in " + file);
    }
    return new MemoryReading(total, Math.min(available, total), MemoryReading.Source.HOST);
  }

  private long bytes(String line, String name) throws IOException {
    String value = line.substring(name.length()).trim();
    if (value.endsWith(UNIT)) {
      try {
        String number = value.substring(0, value.length() - UNIT.length()).trim();
        return Math.multiplyExact(Long.parseLong(number), BYTES_PER_UNIT);
      } catch (ArithmeticException | NumberFormatException e) {
        // Told below.
      }
    }
    throw new IOException("the host's memory can't be read: " + file + " says " + line);
  }
}
