package dev.tollgate.limiter;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * Runs what is the program's code. The pool itself is looked up when there is some: the program may
 * still say how large it is to be when the first limiters are made.
 */
final class CommonPool implements Executor {
  static final CommonPool INSTANCE = new CommonPool();

  private CommonPool() {}

  @Override
  public void execute(Runnable task) {
    ForkJoinPool.commonPool().execute(task);
  }
}
