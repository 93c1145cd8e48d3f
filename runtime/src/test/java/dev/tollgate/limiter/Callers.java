package dev.tollgate.limiter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that a test makes act one after the other, so that each has its own cell of a bucket. */
final class Callers implements AutoCloseable {
  private final List<ExecutorService> threads = new ArrayList<>();

  Callers(int count) {
    for (int i = 0; i < count; i++) {
      threads.add(Executors.newSingleThreadExecutor());
    }
    // A pool makes its thread at its first task: numbered in order now.
    for (int i = 0; i < count; i++) {
      as(i, () -> null);
    }
  }

  int count() {
    return threads.size();
  }

  <T> T as(int thread, Callable<T> action) {
    try {
      return threads.get(thread).submit(action).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdownNow);
  }
}
