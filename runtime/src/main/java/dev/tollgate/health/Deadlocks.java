package dev.tollgate.health;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Threads that wait for each other and will for ever. */
final class Deadlocks implements Supplier<List<String>> {

  /** One line, which names the threads; empty where there are none. */
  @Override
  public List<String> get() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] ids =
        threads.isSynchronizerUsageSupported()
            ? threads.findDeadlockedThreads()
            : threads.findMonitorDeadlockedThreads();
    if (ids == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (@Nullable ThreadInfo thread : threads.getThreadInfo(ids)) {
      // Whoever waits with a time limit, or has ended meanwhile, dissolves the deadlock.
      if (thread == null || thread.getThreadState() == Thread.State.TIMED_WAITING) {
        return List.of();
      }
      names.add(thread.getThreadName());
    }
    return List.of("deadlock among the threads " + String.join(", ", names));
  }
}
