package dev.tollgate.health.memory;

import java.io.IOException;

/** The memory of the whole host. */
@FunctionalInterface
interface HostMemory {
  /**
   * The numbers of this moment.
   *
   * @throws IOException if it can't be known
   */
  MemoryReading read() throws IOException;
}
