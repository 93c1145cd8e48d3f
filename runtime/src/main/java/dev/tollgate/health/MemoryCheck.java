package dev.tollgate.health;

import dev.tollgate.health.memory.HeapAfterCollection;
import dev.tollgate.health.memory.MemoryReader;
import dev.tollgate.health.memory.MemoryReading;
import dev.tollgate.health.memory.ReusableHeap;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How much memory there is left for this process: what the container or the host has left and, if
 * that is little, also the part of the heap that the program can fill without becoming larger.
 */
final class MemoryCheck implements ReadinessCheck {
  private final MemorySource memory;
  private final LongSupplier reusableHeap;
  private final SpaceThresholds thresholds;

  MemoryCheck(MemoryReader memory, SpaceThresholds thresholds) {
    this(memory::read, ReusableHeap::bytes, thresholds);
  }

  /**
   * @param reusableHeap bytes; asked only if there is little memory without them, since the JVM
   *     takes a while to tell
   */
  MemoryCheck(MemorySource memory, LongSupplier reusableHeap, SpaceThresholds thresholds) {
    this.memory = memory;
    this.reusableHeap = reusableHeap;
    this.thresholds = thresholds;
  }

  @Override
  public HealthResult check() throws IOException {
    MemoryReading reading = memory.read();
    HealthResult without = judge(reading, 0);
    return without.ready() && without.status() == HealthStatus.HEALTHY
        ? without
        : judge(reading, reusableHeap.getAsLong());
  }

  private HealthResult judge(MemoryReading reading, long reusable) {
    long total = reading.totalBytes();
    long available = Math.min(total, reading.availableBytes() + reusable);
    String detail =
        Amount.bytes(available)
            + " of "
            + Amount.bytes(total)
            + " available ("
            + Amount.percent((double) available / total)
            + ") "
            + (reading.source() == MemoryReading.Source.HOST ? "on the host" : "in the container")
            + (reusable == 0 ? "" : ", " + Amount.bytes(reusable) + " of it free in the heap")
            + heap();
    return thresholds.judge(available, total, detail);
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

  /** Reads how much memory there is without the heap. */
  @FunctionalInterface
  interface MemorySource {
    MemoryReading read() throws IOException;
  }
}
