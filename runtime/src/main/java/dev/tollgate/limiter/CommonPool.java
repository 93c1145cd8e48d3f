package dev.tollgate.limiter;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs what is the program's code. The pool itself is looked up when there is some: the program may
 * still say how large it is to be when the first limiters are made.
 *
 * <p>If it is to have no threads, older JDKs run nothing that is handed to it. Then each task has a
 * thread of its own, as those of {@link java.util.concurrent.CompletableFuture} have. So it is,
 * too, while a limited call waits on a thread of the pool for which the pool has no other: what a
 * limiter delivers never waits for another limiter. That is kept for the whole JVM, as the pool is.
 */
final class CommonPool implements Executor {
  static final CommonPool INSTANCE = new CommonPool();

  private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";

  /** What nobody has begun yet. */
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** How many threads of the pool wait for a permit, with no other in their place. */
  private final AtomicInteger waiting = new AtomicInteger();

  private CommonPool() {}

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    // In this order, and the other way round below: one of the two sees the other.
    if (Size.HAS_THREADS && waiting.get() == 0) {
      ForkJoinPool.commonPool().execute(this::runNext);
    } else {
      startThread();
    }
  }

  /** Runs {@code wait} on the calling thread, which is one of the pool's; see above. */
  void withoutThread(Runnable wait) {
    waiting.incrementAndGet();
    try {
      for (int i = tasks.size(); i > 0; i--) {
        startThread();
      }
      wait.run();
    } finally {
      waiting.decrementAndGet();
    }
  }

  private void startThread() {
    Thread thread = new Thread(null, this::runNext, "tollgate-later", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    thread.start();
  }

  /** Each task is run once, by whichever thread comes first. */
  private void runNext() {
    Runnable task = tasks.poll();
    if (task != null) {
      task.run();
    }
  }

  /** Looked up with the pool, which goes by what the property is then. */
  private static final class Size {
    static final boolean HAS_THREADS = hasThreads();

    private static boolean hasThreads() {
      try {
        // The pool itself says 1 where it has none.
        return Integer.getInteger(PARALLELISM, 1) > 0;
      } catch (SecurityException e) {
        return true;
      }
    }
  }
}
