package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The time that limiters go by, and waiting in it. Injected, so that tests decide what time it is.
 */
public interface Ticker {

  /** {@link System#nanoTime()} and real parking. */
  static Ticker system() {
    return SystemTicker.INSTANCE;
  }

  /**
   * Nanoseconds since some fixed moment; may be negative and may wrap, so compare only differences.
   */
  long nanos();

  /**
   * Blocks the calling thread for at most {@code nanos} of this ticker's time. Returns early when
   * the thread is unparked or interrupted, and may do so for no reason.
   */
  void park(Object blocker, long nanos);

  /**
   * A future that completes, with null, when {@code nanos} of this ticker's time have gone by. Who
   * no longer waits for it cancels it. It completes on a thread that must not be kept: dependents
   * are to be asynchronous.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // What depends on it can't fail.
  default CompletableFuture<Void> alarm(long nanos) {
    // The JDK's own timer: one daemon thread for all of the JVM. In older ones it keeps a future
    // that is cancelled until its moment (JDK-8303742), so it is given one that never is.
    CompletableFuture<@Nullable Void> timer = new CompletableFuture<>();
    // Whoever asks it first starts its thread, which keeps the asker's class loader for good.
    Thread asker = Thread.currentThread();
    ClassLoader context = asker.getContextClassLoader();
    asker.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      timer.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
    } finally {
      asker.setContextClassLoader(context);
    }
    CompletableFuture<@Nullable Void> alarm = timer.copy();
    alarm.whenComplete((nothing, cancelled) -> timer.complete(null));
    return alarm;
  }

  /** Ends, or forestalls, one {@link #park} of {@code thread}. */
  default void unpark(Thread thread) {
    LockSupport.unpark(thread);
  }
}
