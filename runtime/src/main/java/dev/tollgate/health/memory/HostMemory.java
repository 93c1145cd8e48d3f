package dev.tollgate.health.memory;

import java.io.IOException;

/** The memory of the whole host. */
@FunctionalInterface
interface HostMemory {
  /**
   * How much there is, and how much of it is left.
   *
   * @throws IOException if it can't be known
   */
  MemoryReading read() throws IOException;
}
