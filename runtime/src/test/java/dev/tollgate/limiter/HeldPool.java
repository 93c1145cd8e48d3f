package dev.tollgate.limiter;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** Keeps all threads of the common pool busy, so that what is given to it comes later. */
final class HeldPool implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch held = new CountDownLatch(1);

  HeldPool() throws InterruptedException {
    int threads = Math.max(1, ForkJoinPool.getCommonPoolParallelism());
    CountDownLatch busy = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      ForkJoinPool.commonPool()
          .execute(
              () -> {
                busy.countDown();
                awaitRelease();
              });
    }
    if (!busy.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the common pool has no thread to spare");
    }
  }

  /** Lets them go, and returns when all that the pool was given meanwhile has been done. */
  void release() {
    held.countDown();
    if (!ForkJoinPool.commonPool().awaitQuiescence(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the common pool doesn't come to rest");
    }
  }

  @Override
  public void close() {
    held.countDown();
  }

  private void awaitRelease() {
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
