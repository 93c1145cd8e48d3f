package dev.tollgate.health.memory;

import java.io.IOException;
import oshi.SystemInfo;
import oshi.hardware.GlobalMemory;

/** What OSHI says of the host. The only class that knows OSHI, so that loading it can wait. */
final class OshiMemory implements HostMemory {
  private final GlobalMemory memory;

  private OshiMemory(GlobalMemory memory) {
    this.memory = memory;
  }

  static HostMemory open() {
    return new OshiMemory(new SystemInfo().getHardware().getMemory());
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
