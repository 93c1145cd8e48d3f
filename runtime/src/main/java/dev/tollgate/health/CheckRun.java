package dev.tollgate.health;

import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One run of one check, on a thread of the workers. */
final class CheckRun implements Runnable {
  final MonitoredCheck check;
  final long startedAt;
  final Instant startedOn;
  private final LongSupplier clock;
  private final Runnable whenDone;

  // Both: guarded by this. Only while the check runs may its thread be interrupted.
  private @Nullable Thread thread;
  private boolean interrupted;

  // Written before done, read after it.
  private HealthResult result;
  private long tookNanos;
  private volatile boolean done;

  CheckRun(
      MonitoredCheck check,
      long startedAt,
      Instant startedOn,
      LongSupplier clock,
      Runnable whenDone) {
    this.check = check;
    this.startedAt = startedAt;
    this.startedOn = startedOn;
    this.clock = clock;
    this.whenDone = whenDone;
    this.result = check.saidNothing();
  }

  /** Whatever happens in it, it ends done: another run waits for that. */
  @Override
  public void run() {
    Thread current = Thread.currentThread();
    String name = current.getName();
    ClassLoader loader = current.getContextClassLoader();
    try {
      begin(current);
      current.setName("tollgate-check-" + check.name());
      current.setContextClassLoader(check.loader());
      result = look();
    } finally {
      end();
      finish();
      current.setContextClassLoader(loader);
      current.setName(name);
    }
  }

  /** In place of a run that can't be started. */
  void fail(Throwable fault) {
    result = check.failed("can't be run: " + fault);
    finish();
  }

  boolean isDone() {
    return done;
  }

  /** What the check found; once it is done. */
  HealthResult result() {
    return result;
  }

  long tookNanos() {
    return tookNanos;
  }

  /**
   * Asks the check to end. May take as long as what the check does: closing what it reads from may
   * wait for the reader.
   */
  synchronized void interrupt() {
    interrupted = true;
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
      return check.failed("threw " + describe(fault));
    }
  }

  private static String describe(Throwable fault) {
    try {
      return fault.toString();
    } catch (Throwable another) {
      // Its message is the program's code as well.
      return fault.getClass().getName();
    }
  }

  private void finish() {
    tookNanos = Math.max(0, clock.getAsLong() - startedAt);
    done = true;
    whenDone.run();
  }

  private synchronized void begin(Thread current) {
    thread = current;
    if (interrupted) {
      current.interrupt();
    }
  }

  @SuppressWarnings("ThreadInterrupted") // The interrupt was meant for the check, which is over.
  private void end() {
    synchronized (this) {
      thread = null;
    }
    Thread.interrupted();
  }
}
