package dev.tollgate.health;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks the JVM. It takes two looks to be certain: the JVM's list also has threads that wait with a
 * time limit, all cycles in one heap, and what a thread waits for is asked a moment later, when a
 * time limit may have ended the wait. So what counts is a circle of threads, none with a time
 * limit, each of which waits for the same lock of the same owner in both looks.
 */
final class Deadlocks implements DeadlockWatch {
  private Map<Long, Wait> last = Map.of();
  private boolean unsure;

  @Override
  public List<String> look() {
    Map<Long, Wait> now = waits();
    closeCircles(now);
    Map<Long, Wait> certain = new TreeMap<>(now);
    certain.entrySet().removeIf(wait -> !wait.getValue().equals(last.get(wait.getKey())));
    closeCircles(certain);
    last = now;
    unsure = certain.size() < now.size();
    if (certain.isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (Wait wait : certain.values()) {
      names.add(wait.thread);
    }
    return List.of("deadlock among the threads " + String.join(", ", names));
  }

  @Override
  public boolean isUnsure() {
    return unsure;
  }

  private static Map<Long, Wait> waits() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] ids =
        threads.isSynchronizerUsageSupported()
            ? threads.findDeadlockedThreads()
            : threads.findMonitorDeadlockedThreads();
    Map<Long, Wait> waits = new TreeMap<>();
    if (ids == null) {
      return waits;
    }
    for (@Nullable ThreadInfo thread : threads.getThreadInfo(ids)) {
      if (thread != null && waitsForEver(thread) && thread.getLockName() != null) {
        waits.put(
            thread.getThreadId(),
            new Wait(thread.getThreadName(), thread.getLockName(), thread.getLockOwnerId()));
      }
    }
    return waits;
  }

  private static boolean waitsForEver(ThreadInfo thread) {
    return thread.getThreadState() == Thread.State.BLOCKED
        || thread.getThreadState() == Thread.State.WAITING;
  }

  /** Leaves those whose locks belong to others that are left. */
  private static void closeCircles(Map<Long, Wait> waits) {
    while (waits.values().removeIf(wait -> !waits.containsKey(wait.owner))) {
      // Whoever waits for one of those that just went goes next.
    }
  }

  private record Wait(String thread, String lock, long owner) {}
}
