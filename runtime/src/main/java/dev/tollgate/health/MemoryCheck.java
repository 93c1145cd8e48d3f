package dev.tollgate.health;

import dev.tollgate.health.memory.HeapAfterCollection;
import dev.tollgate.health.memory.MemoryReader;
import dev.tollgate.health.memory.MemoryReading;
import java.io.IOException;
import java.util.OptionalLong;

/** How much memory there is left for this process. */
final class MemoryCheck implements HealthCheck {
  private final MemoryReader memory;
  private final SpaceThresholds thresholds;

  MemoryCheck(MemoryReader memory, SpaceThresholds thresholds) {
    this.memory = memory;
    this.thresholds = thresholds;
  }

  @Override
  public HealthResult check() throws IOException {
    MemoryReading reading = memory.read();
    String detail =
        Amount.bytes(reading.availableBytes())
            + " of "
            + Amount.bytes(reading.totalBytes())
            + " available ("
            + Amount.percent((double) reading.availableBytes() / reading.totalBytes())
            + ") "
            + (reading.source() == MemoryReading.Source.HOST ? "on the host" : "in the container")
            + heap();
    return thresholds.judge(reading.availableBytes(), reading.totalBytes(), detail);
  }

  /** Shown beside it: a process may be short of heap with memory to spare, and the other way. */
  private static String heap() {
    try {
      OptionalLong used = HeapAfterCollection.usedBytes();
      OptionalLong max = HeapAfterCollection.maxBytes();
      return used.isEmpty() || max.isEmpty()
          ? ""
          : "; heap after collection "
              + Amount.bytes(used.getAsLong())
              + " of "
              + Amount.bytes(max.getAsLong());
    } catch (LinkageError e) {
      // No module java.management: the process's memory is known all the same.
      return "";
    }
  }
}
