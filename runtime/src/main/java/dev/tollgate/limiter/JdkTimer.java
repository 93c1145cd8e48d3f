package dev.tollgate.limiter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own timer: one daemon thread for all of the JVM, which never ends. Whoever asks it
 * first starts it, and it keeps what a thread inherits: the context class loader, inheritable
 * thread locals and, before JDK 24, the class loaders of all code on the stack. So it isn't asked
 * first on the program's stack, nor below a frame of ours, which may be part of a web application,
 * but by a pool of the JDK's. Alarms from before it runs are set once it does; nobody waits for
 * that.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What depends on them can't fail.
final class JdkTimer {
  /** How long it may take to start; afterwards it starts as it may. */
  private static final long START_SECONDS = 1;

  private static final CompletableFuture<@Nullable Void> STARTED = new CompletableFuture<>();
  private static boolean starting;

  private JdkTimer() {}

  /** {@link Ticker#alarm}, in the time of {@code ticker}. */
  static CompletableFuture<Void> alarm(long nanos, Ticker ticker) {
    // In older JDKs it keeps a future that is cancelled until its moment (JDK-8303742), so it is
    // given one that never is.
    CompletableFuture<@Nullable Void> timer = new CompletableFuture<>();
    if (STARTED.isDone() || !isStarting()) {
      set(timer, nanos);
    } else {
      long asked = ticker.nanos();
      STARTED.thenRun(() -> setLate(timer, nanos - (ticker.nanos() - asked)));
    }
    CompletableFuture<@Nullable Void> alarm = timer.copy();
    alarm.whenComplete((nothing, cancelled) -> timer.complete(null));
    return alarm;
  }

  private static void set(CompletableFuture<@Nullable Void> timer, long nanos) {
    timer.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
  }

  private static void setLate(CompletableFuture<@Nullable Void> timer, long nanos) {
    try {
      set(timer, nanos);
    } catch (Throwable fault) {
      // Out of memory, and nobody here to be told. Who is woken too early asks again.
      timer.complete(null);
    }
  }

  private static synchronized boolean isStarting() {
    if (!starting) {
      try {
        // The pool's threads inherit thread locals, too, and the group.
        OwnThread.of(JdkTimer::start, "tollgate-timer-start").start();
        starting = true;
      } catch (Throwable fault) {
        // Out of threads, most likely. The next may do better; this alarm is set as it may.
        return false;
      }
    }
    return true;
  }

  private static void start() {
    try {
      ForkJoinPool pool = new ForkJoinPool(1);
      CompletableFuture<@Nullable Void> inPool = new CompletableFuture<>();
      inPool.thenRunAsync(() -> {}, CompletableFuture.delayedExecutor(0, TimeUnit.NANOSECONDS));
      inPool.completeAsync(() -> null, pool);
      pool.shutdown();
      pool.awaitTermination(START_SECONDS, TimeUnit.SECONDS);
    } catch (Throwable fault) {
      // Whoever asks it now starts it.
    } finally {
      STARTED.complete(null);
    }
  }
}
