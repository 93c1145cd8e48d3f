package dev.tollgate.health.memory;

import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The memory that the operating system counts as used by this process and that the program can fill
 * all the same: heap that was in use before the last collection and is free since.
 *
 * <p>Committed heap would be too much, since the part that was never touched takes no memory yet:
 * filling it does make the process larger. The heap in use before a collection was touched for
 * certain, and stays with the process as long as it is committed. What a collection left counts as
 * live, although some of it may be garbage in a part that it didn't look at. So both errors are on
 * the side of too little. A heap that is full has next to nothing that can be reused.
 */
public final class ReusableHeap {
  private ReusableHeap() {}

  /**
   * The bytes that can be reused; 0 before the first collection, and in a Java runtime without the
   * module {@code jdk.management}. The first call takes tens of milliseconds.
   */
  public static long bytes() {
    try {
      Set<String> heap = heapPools();
      long end = -1;
      long before = 0;
      long after = 0;
      for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
        GcInfo last =
            bean instanceof com.sun.management.GarbageCollectorMXBean collector
                ? collector.getLastGcInfo()
                : null;
        long left = last == null ? 0 : used(last.getMemoryUsageAfterGc(), heap);
        // ZGC and Shenandoah also report pauses, with zeros.
        if (last != null && left > 0 && last.getEndTime() > end) {
          end = last.getEndTime();
          before = used(last.getMemoryUsageBeforeGc(), heap);
          after = left;
        }
      }
      return between(
          before, after, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted());
    } catch (LinkageError e) {
      return 0;
    }
  }

  /** Heap that is no longer committed went back to the operating system. */
  static long between(long before, long after, long committed) {
    return Math.max(0, Math.min(before, committed) - after);
  }

  private static Set<String> heapPools() {
    Set<String> names = new HashSet<>();
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        names.add(pool.getName());
      }
    }
    return names;
  }

  private static long used(Map<String, MemoryUsage> pools, Set<String> heap) {
    long sum = 0;
    for (Map.Entry<String, MemoryUsage> pool : pools.entrySet()) {
      if (heap.contains(pool.getKey())) {
        sum += pool.getValue().getUsed();
      }
    }
    return sum;
  }
}
