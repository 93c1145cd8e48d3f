package dev.tollgate.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** On the test's own thread. */
class CheckRunTest {
  private final AtomicInteger wakeUps = new AtomicInteger();

  @Test
  void anInterruptThatComesBeforeItHasBegunIsNotLost() {
    CheckRun run = run(() -> HealthResult.healthy("" + Thread.currentThread().isInterrupted()));
    run.interrupt();
    run.run();
    assertThat(run.result().detail()).isEqualTo("true");
  }

  @Test
  void leavesItsThreadAsItWas() {
    Thread current = Thread.currentThread();
    String name = current.getName();
    ClassLoader loader = current.getContextClassLoader();
    CheckRun run =
        run(
            () -> {
              current.interrupt();
              current.setContextClassLoader(null);
              throw new IllegalStateException("mine");
            });
    run.run();
    assertThat(current.isInterrupted()).isFalse();
    assertThat(current.getName()).isEqualTo(name);
    assertThat(current.getContextClassLoader()).isEqualTo(loader);
    assertThat(run.isDone()).isTrue();
    assertThat(run.result().detail()).isEqualTo("threw java.lang.IllegalStateException: mine");
    assertThat(wakeUps).hasValue(1);
  }

  private CheckRun run(HealthCheck check) {
    MonitoredCheck monitored = new MonitoredCheck("check", check, CheckOptions.DEFAULT, null, 0);
    return new CheckRun(monitored, 0, Instant.EPOCH, () -> 0, wakeUps::incrementAndGet);
  }
}
