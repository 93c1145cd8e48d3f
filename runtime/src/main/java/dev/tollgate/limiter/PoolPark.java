package dev.tollgate.limiter;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.locks.LockSupport;

/**
 * Parks a thread once. One of a fork-join pool tells its pool first, which lets another thread work
 * meanwhile: a limited call that waits must not hold up what else the pool has to do, nor the
 * futures that other limiters deliver there. A pool that can't spare one is told so ({@code
 * maximumSpares}), and {@link CommonPool} delivers elsewhere meanwhile.
 */
final class PoolPark implements ForkJoinPool.ManagedBlocker {
  private final Object blocker;
  private final long until;
  private boolean isOver;

  private PoolPark(Object blocker, long nanos) {
    this.blocker = blocker;
    this.until = Ticker.system().nanos() + nanos;
  }

  /** {@link LockSupport#parkNanos(Object, long)}. */
  static void park(Object blocker, long nanos) {
    if (Thread.currentThread() instanceof ForkJoinWorkerThread worker) {
      new PoolPark(blocker, nanos).park(worker.getPool());
    } else {
      LockSupport.parkNanos(blocker, nanos);
    }
  }

  @Override
  public boolean block() {
    // Another thread may have had to be started first.
    long left = until - Ticker.system().nanos();
    isOver = true;
    if (left > 0) {
      LockSupport.parkNanos(blocker, left);
    }
    return true;
  }

  @Override
  public boolean isReleasable() {
    return isOver;
  }

  private void park(ForkJoinPool pool) {
    try {
      ForkJoinPool.managedBlock(this);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable noThread) {
      // The pool may have no more, or its factory fails. The call waits all the same.
      if (!isOver) {
        parkWithoutSpare(pool);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // Pools are places, not values.
  private void parkWithoutSpare(ForkJoinPool pool) {
    if (pool == ForkJoinPool.commonPool()) {
      CommonPool.INSTANCE.withoutThread(this::block);
    } else {
      block();
    }
  }
}
