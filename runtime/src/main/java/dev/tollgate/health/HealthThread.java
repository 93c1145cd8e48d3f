package dev.tollgate.health;

import dev.tollgate.limiter.OwnThread;
import dev.tollgate.limiter.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The thread that steps the engine. Run from any other thread, it wakes that one up. */
final class HealthThread implements Runnable {
  private static final long AFTER_A_FAULT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Ticker ticker;
  private volatile @Nullable Thread thread;
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile boolean stopped;

  HealthThread(Ticker ticker) {
    this.ticker = ticker;
  }

  void start(HealthEngine engine) {
    Thread started = OwnThread.of(() -> loop(engine), "tollgate-health");
    thread = started;
    started.start();
  }

  void stop() {
    stopped = true;
    run();
  }

  boolean isStopped() {
    return stopped;
  }

  @Override
  public void run() {
    woken.set(true);
    Thread current = thread;
    if (current != null) {
      ticker.unpark(current);
    }
  }

  private void loop(HealthEngine engine) {
    while (!stopped) {
      woken.set(false);
      long pause = stepOrRest(engine);
      // Not by the permit to park alone: whatever the step waited for may have used that up.
      if (!woken.get()) {
        ticker.park(this, pause);
      }
      // Whoever interrupts this thread means another: an interrupt would let it park no more.
      Thread.interrupted();
    }
  }

  private static long stepOrRest(HealthEngine engine) {
    try {
      return engine.step();
    } catch (Throwable fault) {
      // Out of memory, most likely. It may pass, and without this thread nothing is checked again.
      return AFTER_A_FAULT_NANOS;
    }
  }
}
