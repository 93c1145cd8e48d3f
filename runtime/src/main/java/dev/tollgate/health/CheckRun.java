package dev.tollgate.health;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One run of one check, on a thread of the workers. */
final class CheckRun implements Runnable {
  final MonitoredCheck check;
  final long startedAt;
  final Instant startedOn;
  private final LongSupplier clock;
  private final Consumer<CheckRun> whenFinished;

  /** Guarded by this: only while the check runs may its thread be interrupted. */
  private @Nullable Thread thread;

  // Written before the run is handed to whenFinished, read by its receiver.
  private @Nullable HealthResult result;
  private long tookNanos;

  CheckRun(
      MonitoredCheck check,
      long startedAt,
      Instant startedOn,
      LongSupplier clock,
      Consumer<CheckRun> whenFinished) {
    this.check = check;
    this.startedAt = startedAt;
    this.startedOn = startedOn;
    this.clock = clock;
    this.whenFinished = whenFinished;
  }

  @Override
  public void run() {
    Thread current = Thread.currentThread();
    String name = current.getName();
    ClassLoader loader = current.getContextClassLoader();
    HealthResult found;
    begin(current);
    try {
      current.setName("tollgate-check-" + check.name());
      current.setContextClassLoader(check.loader());
      found = look();
    } finally {
      end();
      current.setContextClassLoader(loader);
      current.setName(name);
    }
    finish(found);
  }

  /** In place of a run that can't be started. */
  void fail(Throwable fault) {
    finish(check.failed("can't be run: " + fault));
  }

  /** What the check found; only of a run that has finished. */
  HealthResult result() {
    HealthResult found = result;
    if (found == null) {
      throw new IllegalStateException("the run goes on");
    }
    return found;
  }

  long tookNanos() {
    return tookNanos;
  }

  synchronized void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private HealthResult look() {
    try {
      // Null is what no check may return, and some will.
      @Nullable HealthResult found = check.look();
      return found == null ? check.failed("returned null") : found;
    } catch (Throwable fault) {
      // Whatever it is: the next run may go better, and no other check must suffer.
      return check.failed("threw " + fault);
    }
  }

  private void finish(HealthResult found) {
    result = found;
    tookNanos = Math.max(0, clock.getAsLong() - startedAt);
    whenFinished.accept(this);
  }

  private synchronized void begin(Thread current) {
    thread = current;
  }

  @SuppressWarnings("ThreadInterrupted") // The interrupt was meant for the check, which is over.
  private synchronized void end() {
    thread = null;
    Thread.interrupted();
  }
}
