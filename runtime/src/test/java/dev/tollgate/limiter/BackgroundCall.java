package dev.tollgate.limiter;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call on a thread of its own. */
final class BackgroundCall<T> {
  private static final long PATIENCE_SECONDS = 20;

  private final FutureTask<T> task;
  private final Thread thread;

  private BackgroundCall(Callable<T> body) {
    this.task = new FutureTask<>(body);
    this.thread = new Thread(task, "background-call");
    thread.setDaemon(true);
  }

  static <T> BackgroundCall<T> start(Callable<T> body) {
    BackgroundCall<T> call = new BackgroundCall<>(body);
    call.thread.start();
    return call;
  }

  void interrupt() {
    thread.interrupt();
  }

  boolean isDone() {
    return task.isDone();
  }

  /** What the call returned; fails if it doesn't return at all. */
  T result() {
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the call failed", e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      AssertionError stuck = new AssertionError("the call does not return", e);
      stuck.addSuppressed(where());
      throw stuck;
    }
  }

  /** What the call threw. */
  Throwable failure() {
    try {
      T result = task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      throw new AssertionError("the call returned " + result);
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("the call does not return", e);
    }
  }

  private Throwable where() {
    Throwable where = new Throwable("there it is");
    where.setStackTrace(thread.getStackTrace());
    return where;
  }
}
