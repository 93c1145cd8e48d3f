package dev.tollgate.health.memory;

import java.io.IOException;
import oshi.SystemInfo;
import oshi.hardware.GlobalMemory;
import oshi.hardware.common.platform.linux.LinuxGlobalMemory;

/** What OSHI says of the host. The only class that knows OSHI, so that loading it can wait. */
final class OshiMemory implements HostMemory {
  /** Of no account for what is read here. */
  private static final long PAGE_SIZE = 4096;

  private final GlobalMemory memory;

  private OshiMemory(GlobalMemory memory) {
    this.memory = memory;
  }

  /**
   * On Linux the part without native code. Not by way of {@code oshi.nativefree.SystemInfo}, which
   * starts three processes to learn the page size and other things that nobody here asks for.
   */
  static HostMemory open() {
    return new OshiMemory(
        System.getProperty("os.name", "").equals("Linux")
            ? new LinuxGlobalMemory(PAGE_SIZE)
            : new SystemInfo().getHardware().getMemory());
  }

  @Override
  public MemoryReading read() throws IOException {
    long total = memory.getTotal();
    long available = memory.getAvailable();
    if (total <= 0) {
      throw new IOException("the host's memory can't be read: OSHI says that it has " + total);
    }
    return new MemoryReading(
        total, Math.min(Math.max(available, 0), total), MemoryReading.Source.HOST);
  }
}
