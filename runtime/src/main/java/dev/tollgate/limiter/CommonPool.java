package dev.tollgate.limiter;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * Runs what is the program's code. The pool itself is looked up when there is some: the program may
 * still say how large it is to be when the first limiters are made.
 *
 * <p>Where it is to have no threads, older JDKs run nothing that is handed to it. Then each task
 * has a thread of its own, as those of {@link java.util.concurrent.CompletableFuture} have.
 */
final class CommonPool implements Executor {
  static final CommonPool INSTANCE = new CommonPool();

  private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";

  private CommonPool() {}

  @Override
  public void execute(Runnable task) {
    if (Size.HAS_THREADS) {
      ForkJoinPool.commonPool().execute(task);
    } else {
      Thread thread = new Thread(null, task, "tollgate-later", 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
      thread.start();
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
