package dev.tollgate.health;

import dev.tollgate.limiter.Ticker;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The thread that steps the engine. Run from any other thread, it wakes that one up. */
final class HealthThread implements Runnable {
  private static final long AFTER_A_FAULT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Ticker ticker;
  private volatile @Nullable Thread thread;
  private volatile boolean stopped;

  HealthThread(Ticker ticker) {
    this.ticker = ticker;
  }

  void start(HealthEngine engine) {
    Thread started = new Thread(null, () -> loop(engine), "tollgate-health", 0, false);
    started.setDaemon(true);
    // Not the starter's: whoever starts this may be gone long before.
    started.setContextClassLoader(HealthThread.class.getClassLoader());
    thread = started;
    started.start();
  }

  void stop() {
    stopped = true;
    run();
  }

  @Override
  public void run() {
    Thread current = thread;
    if (current != null) {
      ticker.unpark(current);
    }
  }

  private void loop(HealthEngine engine) {
    while (!stopped) {
      ticker.park(this, stepOrRest(engine));
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
