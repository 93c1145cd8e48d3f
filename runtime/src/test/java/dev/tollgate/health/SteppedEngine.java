package dev.tollgate.health;

import dev.tollgate.limiter.FakeTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * An engine in a time that the test moves. A check runs the moment it is started, unless it is to
 * hang: then it runs when it is released.
 */
final class SteppedEngine implements Executor {
  private static final Instant EPOCH = Instant.parse("2030-01-01T00:00:00Z");

  /** The clock wraps soon after a test begins. */
  private final long origin = Long.MAX_VALUE - Duration.ofSeconds(7).toNanos();

  final FakeTicker ticker = new FakeTicker(origin);
  final List<String> deadlocks = new ArrayList<>();
  final List<String> changes = new ArrayList<>();
  final Liveness liveness = new Liveness(new ActiveClock(ticker), new GivenDeadlocks());
  final Announcer announcer = new Announcer(Runnable::run);
  final HealthEngine engine = new HealthEngine(this::now, this, liveness, announcer, () -> {});

  private final Map<String, CheckRun> hanging = new HashMap<>();
  private final List<String> toHang = new ArrayList<>();
  private boolean rejecting;
  int interrupts;

  SteppedEngine() {
    announcer.add((before, after) -> changes.addAll(Changes.lines(before, after)));
  }

  @Override
  public void execute(Runnable work) {
    if (rejecting) {
      throw new RejectedExecutionException("no thread");
    }
    if (!(work instanceof CheckRun run)) {
      interrupts++;
      work.run();
    } else if (toHang.contains(run.check.name())) {
      hanging.put(run.check.name(), run);
    } else {
      run.run();
    }
  }

  Instant now() {
    return EPOCH.plusNanos(ticker.nanos() - origin);
  }

  Instant at(Duration sinceBeginning) {
    return EPOCH.plus(sinceBeginning);
  }

  /** From now on runs of this check don't come back. */
  void hang(String name) {
    toHang.add(name);
  }

  /** The run that hangs comes back now, and later ones don't hang. */
  void release(String name) {
    toHang.remove(name);
    hanging.remove(name).run();
  }

  boolean isHanging(String name) {
    return hanging.containsKey(name);
  }

  void rejectWork(boolean reject) {
    rejecting = reject;
  }

  /** What is to be done now. */
  HealthReport settle() {
    return runFor(Duration.ZERO);
  }

  /** Lets the time go by, as the engine's own thread would live it. */
  HealthReport runFor(Duration duration) {
    long left = duration.toNanos();
    long pause = engine.step();
    while (pause <= left) {
      ticker.advance(pause);
      left -= pause;
      pause = engine.step();
    }
    ticker.advance(left);
    return engine.report();
  }

  /** The process is stopped for so long, and goes on. */
  HealthReport stopFor(Duration duration) {
    ticker.advance(duration.toNanos());
    return settle();
  }

  CheckReport check(String name) {
    return engine.report().checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private final class GivenDeadlocks implements DeadlockWatch {
    @Override
    public List<String> look() {
      return List.copyOf(deadlocks);
    }

    @Override
    public boolean isUnsure() {
      return false;
    }
  }
}
