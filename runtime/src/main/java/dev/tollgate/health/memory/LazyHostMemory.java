package dev.tollgate.health.memory;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Asks OSHI, except on Linux, which says it in a file. OSHI is loaded at the first reading and
 * kept. What fails in it is one exception.
 */
final class LazyHostMemory implements HostMemory {
  private @Nullable HostMemory opened;

  @Override
  public synchronized MemoryReading read() throws IOException {
    try {
      HostMemory memory = opened;
      if (memory == null) {
        memory = isOnLinux() ? new ProcMemory(Path.of("/proc/meminfo")) : OshiMemory.open();
        opened = memory;
      }
      return memory.read();
    } catch (LinkageError e) {
      // The library isn't there, or its native part can't be loaded.
      throw new IOException("the host's memory can't be read without OSHI: " + e, e);
    } catch (RuntimeException e) {
      throw new IOException("the host's memory can't be read: " + e, e);
    }
  }

  private static boolean isOnLinux() {
    return System.getProperty("os.name", "").equals("Linux");
  }
}
