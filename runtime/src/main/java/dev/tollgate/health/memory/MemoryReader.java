package dev.tollgate.health.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads how much memory there is for this process: in its container, or on the host where no limit
 * is set. Making one costs nothing; what it needs is loaded at the first reading.
 */
public final class MemoryReader {
  private final ControlGroupFinder groups;
  private final HostMemory host;

  MemoryReader(Path processFiles, HostMemory host) {
    this.groups = new ControlGroupFinder(processFiles);
    this.host = host;
  }

  /** A reader of the machine that this JVM runs on. */
  public static MemoryReader ofThisMachine() {
    return new MemoryReader(Path.of("/proc/self"), new LazyHostMemory());
  }

  /**
   * The numbers of this moment. The first call takes some tenths of a second. Safe to call from any
   * thread.
   *
   * @throws IOException if something that would decide can't be read; the message names it
   */
  public MemoryReading read() throws IOException {
    MemoryReading whole = host.read();
    Optional<ControlGroup> group = groups.find();
    if (group.isEmpty()) {
      return whole;
    }
    return group.get().tightest(whole.totalBytes()).map(part -> within(part, whole)).orElse(whole);
  }

  /** A container can't have what its host has no more. */
  private static MemoryReading within(MemoryReading part, MemoryReading whole) {
    long available = Math.min(part.availableBytes(), whole.availableBytes());
    return new MemoryReading(part.totalBytes(), available, part.source());
  }
}
