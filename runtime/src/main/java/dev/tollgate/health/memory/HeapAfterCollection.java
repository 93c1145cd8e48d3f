package dev.tollgate.health.memory;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the garbage collector could not free. What is in use now says little: most of it may be
 * garbage that nobody has looked for yet.
 */
public final class HeapAfterCollection {
  private HeapAfterCollection() {}

  /**
   * The bytes that were in use right after each part of the heap was collected last; empty as long
   * as there is something in a part that was never collected, as before the first collection of the
   * old generation, and where the collector doesn't tell.
   */
  public static OptionalLong usedBytes() {
    return usedBytes(ManagementFactory.getMemoryPoolMXBeans());
  }

  static OptionalLong usedBytes(List<MemoryPoolMXBean> pools) {
    long sum = 0;
    boolean collected = false;
    for (MemoryPoolMXBean pool : pools) {
      if (pool.getType() != MemoryType.HEAP || !pool.isValid()) {
        continue;
      }
      MemoryUsage left = pool.getCollectionUsage();
      // All zeros before the first collection. (A part that was empty after one has these too.)
      if (left != null && left.getCommitted() > 0) {
        sum += left.getUsed();
        collected = true;
      } else if (pool.getUsage().getUsed() > 0) {
        return OptionalLong.empty();
      }
    }
    return collected ? OptionalLong.of(sum) : OptionalLong.empty();
  }

  /** The most bytes that the heap may take; empty where it has no bound. */
  public static OptionalLong maxBytes() {
    // Not the sum of the pools: some have no bound of their own, and to others all of it is open.
    long max = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax();
    return max < 0 ? OptionalLong.empty() : OptionalLong.of(max);
  }
}
