package dev.tollgate.health;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs checks when they are due and publishes what is known.
 *
 * <p>One thread calls {@link #step} again and again; everything that changes is changed there. The
 * checks run on workers, which wake that thread when one is done. What others read is one immutable
 * report behind one volatile field: they take no lock, and a check that hangs holds up nobody.
 *
 * <p>A check is started only when no other is in its first {@value #HEAD_START_NANOS} ns. So quick
 * ones follow one another on the same worker, and a slow one holds the next up by no more. A check
 * whose run hangs is not run again until that run is back, so there is at most one thread for each
 * check, removed ones included.
 */
final class HealthEngine {
  private static final long HEAD_START_NANOS = 20_000_000;

  /** Long enough to cost nothing. */
  private static final long LONGEST_SLEEP_NANOS = 60_000_000_000L;

  private final InstantSource calendar;
  private final Executor workers;
  private final Liveness liveness;
  private final Runnable wakeUp;
  private final ActiveClock clock;
  private final Announcer announcer;
  private final ConcurrentSkipListMap<String, MonitoredCheck> checks =
      new ConcurrentSkipListMap<>();
  private final Queue<MonitoredCheck> removed = new ConcurrentLinkedQueue<>();
  private final Queue<Refresh> asked = new ConcurrentLinkedQueue<>();
  private volatile HealthReport report = HealthReport.STARTING;

  // The stepping thread's own.
  private final List<Refresh> refreshes = new ArrayList<>();

  /** Removed checks whose runs haven't come back, by name: another of that name waits for it. */
  private final Map<String, MonitoredCheck> leaving = new HashMap<>();

  private boolean started;
  private long steppedAt;
  private long plannedAt;

  /**
   * @param workers must neither run a check on the stepping thread nor queue it behind another
   * @param announcer tells of changes
   * @param wakeUp ends the pause between two steps, or forestalls it
   */
  HealthEngine(
      InstantSource calendar,
      Executor workers,
      Liveness liveness,
      Announcer announcer,
      Runnable wakeUp) {
    this.announcer = announcer;
    this.calendar = calendar;
    this.workers = workers;
    this.liveness = liveness;
    this.wakeUp = wakeUp;
    this.clock = liveness.clock();
    this.steppedAt = clock.getAsLong();
    this.plannedAt = steppedAt;
  }

  /** The last report. */
  HealthReport report() {
    return report;
  }

  /**
   * From now on runs {@code check}.
   *
   * @throws IllegalStateException if there is one of this name
   */
  void add(String name, HealthCheck check, CheckOptions options) {
    add(name, check, options, Thread.currentThread().getContextClassLoader());
  }

  /** {@code loader} is the context class loader that the check sees. */
  void add(String name, HealthCheck check, CheckOptions options, @Nullable ClassLoader loader) {
    MonitoredCheck added = new MonitoredCheck(name, check, options, loader, clock.getAsLong());
    if (checks.putIfAbsent(name, added) != null) {
      throw new IllegalStateException(
          "there is a check '" + name + "' already; remove that first, or choose another name");
    }
    wakeUp.run();
  }

  /** Runs it no longer; says whether there was one. */
  boolean remove(String name) {
    MonitoredCheck leaver = checks.get(name);
    if (leaver == null) {
      return false;
    }
    // In this order: whoever adds another of that name finds that this one may still run.
    leaver.leave();
    removed.add(leaver);
    boolean wasThere = checks.remove(name, leaver);
    wakeUp.run();
    return wasThere;
  }

  /** Runs all checks as soon as can be. */
  CompletableFuture<HealthReport> refresh() {
    Refresh refresh = new Refresh();
    asked.add(refresh);
    wakeUp.run();
    return refresh.done;
  }

  /**
   * Does what is to be done now. One thread calls this.
   *
   * @return for how many nanoseconds there is nothing to do, unless it is woken up
   */
  long step() {
    clock.slept(steppedAt, plannedAt);
    long now = clock.getAsLong();
    noticeLeavers();
    makeDueWhatIsAskedFor(now);
    takeFinished();
    for (MonitoredCheck check : checks.values()) {
      check.notDueLaterThanAtOnce(now);
      interrupt(check.noticeHang(now));
    }
    startOne(now);
    // A worker may have been quick.
    takeFinished();
    publish(liveness.look(now));
    answerRefreshes();
    long pause = nanosUntilNext(now);
    steppedAt = now;
    plannedAt = now + pause;
    return pause;
  }

  private void makeDueWhatIsAskedFor(long now) {
    for (Refresh refresh = asked.poll(); refresh != null; refresh = asked.poll()) {
      refresh.since = now;
      refreshes.add(refresh);
      liveness.makeDue(now);
      for (MonitoredCheck check : checks.values()) {
        check.makeDue(now);
      }
    }
  }

  private void noticeLeavers() {
    for (MonitoredCheck check = removed.poll(); check != null; check = removed.poll()) {
      if (check.run() != null && leaving.put(check.name(), check) == null) {
        interrupt(check.run());
      }
    }
  }

  private void takeFinished() {
    for (MonitoredCheck check : checks.values()) {
      check.takeFinished();
    }
    for (MonitoredCheck check : leaving.values()) {
      check.takeFinished();
    }
    leaving.values().removeIf(check -> check.run() == null);
  }

  /** Not on this thread: it may take as long as what is interrupted. */
  private void interrupt(@Nullable CheckRun run) {
    if (run != null) {
      try {
        workers.execute(run::interrupt);
      } catch (Throwable fault) {
        // Then it goes on, and is told of as before.
      }
    }
  }

  private void startOne(long now) {
    MonitoredCheck next = null;
    for (MonitoredCheck check : checks.values()) {
      if (mayStart(check, now) && (next == null || check.isDueBefore(next))) {
        next = check;
      }
    }
    if (next != null && headStartLeft(now) == 0) {
      start(next, now);
    }
  }

  private boolean mayStart(MonitoredCheck check, long now) {
    return check.mayStartAt(now) && !leaving.containsKey(check.name());
  }

  private long headStartLeft(long now) {
    long left = 0;
    for (MonitoredCheck check : checks.values()) {
      left = Math.max(left, check.runsUntil(HEAD_START_NANOS, now));
    }
    return left;
  }

  private void start(MonitoredCheck check, long now) {
    CheckRun run = new CheckRun(check, now, calendar.instant(), clock, wakeUp);
    check.started(run);
    try {
      workers.execute(run);
    } catch (Throwable fault) {
      // No memory for a thread, most likely.
      run.fail(fault);
    }
  }

  private void publish(List<String> livenessIssues) {
    HealthReport before = report;
    HealthReport after = compile(livenessIssues);
    if (after.equals(before)) {
      return;
    }
    report = after;
    if (after.status() != before.status()
        || after.ready() != before.ready()
        || after.live() != before.live()) {
      announcer.announce(before, after);
    }
  }

  private HealthReport compile(List<String> livenessIssues) {
    HealthStatus status = HealthStatus.HEALTHY;
    List<String> readinessIssues = new ArrayList<>();
    List<CheckReport> rows = new ArrayList<>();
    boolean allAnswered = true;
    for (MonitoredCheck check : checks.values()) {
      status = status.or(check.status());
      String issue = check.readinessIssue();
      if (issue != null) {
        readinessIssues.add(issue);
      }
      rows.add(check.report());
      allAnswered &= check.hasAnswered();
    }
    started |= allAnswered;
    if (!started) {
      return HealthReport.starting(livenessIssues, rows);
    }
    return new HealthReport(
        status,
        readinessIssues.isEmpty(),
        readinessIssues,
        livenessIssues.isEmpty(),
        livenessIssues,
        rows);
  }

  private void answerRefreshes() {
    HealthReport current = report;
    refreshes.removeIf(
        refresh -> {
          if (refresh.done.isDone()) {
            // Whoever asked waits no longer.
            return true;
          }
          for (MonitoredCheck check : checks.values()) {
            if (!check.isDoneSince(refresh.since)) {
              return false;
            }
          }
          return refresh.done.complete(current);
        });
  }

  private long nanosUntilNext(long now) {
    long headStart = headStartLeft(now);
    long next = Math.min(LONGEST_SLEEP_NANOS, liveness.nanosUntilNext(now));
    for (MonitoredCheck check : checks.values()) {
      if (mayStart(check, now)) {
        next = Math.min(next, headStart);
      } else if (check.run() != null || !leaving.containsKey(check.name())) {
        next = Math.min(next, check.nanosUntilNext(now));
      }
    }
    return Math.max(0, next);
  }
}
