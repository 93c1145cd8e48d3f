package dev.tollgate.health;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A check, its run if one goes on, and what is known of it. One thread only, but for constants,
 * {@link #leave} and the results of failed runs.
 */
final class MonitoredCheck {
  private static final int LONGEST_DETAIL = 500;

  private final String name;
  private final HealthCheck check;
  private final CheckOptions options;
  private final @Nullable ClassLoader loader;
  private final long intervalNanos;
  private final long timeoutNanos;
  private final Hysteresis hysteresis;

  /** Made in advance, for when there is no memory left to make one. */
  private final HealthResult saidNothing;

  private final HealthResult saidNothingAndNotReady;

  private volatile boolean leaving;

  /** Volatile for {@link #failed}, which runs on workers too. */
  private volatile HealthResult shown = HealthResult.healthy("not checked yet");

  private String detail = shown.detail();
  private @Nullable Instant lastChecked;
  private long tookNanos;
  private boolean answered;
  private boolean stale;

  private @Nullable CheckRun run;
  private boolean everStarted;
  private long startedAt;
  private long dueAt;

  /** Of the run: whether it has gone past its timeout, and when that was last counted. */
  private boolean overdue;

  private long countedAt;

  /** {@code loader} is the context class loader that the check sees. */
  MonitoredCheck(
      String name,
      HealthCheck check,
      CheckOptions options,
      @Nullable ClassLoader loader,
      long dueAt) {
    this.name = name;
    this.check = check;
    this.options = options;
    this.loader = loader;
    this.intervalNanos = options.interval().toNanos();
    this.timeoutNanos = options.timeout().toNanos();
    this.hysteresis = new Hysteresis(options.failures(), options.successes());
    this.saidNothing = failed("failed, and failed to say how");
    this.saidNothingAndNotReady = saidNothing.notReady();
    this.dueAt = dueAt;
  }

  String name() {
    return name;
  }

  @Nullable ClassLoader loader() {
    return loader;
  }

  @Nullable HealthResult look() throws Exception {
    return check.check();
  }

  /** The result of a run in which the check failed to answer. Any thread. */
  HealthResult failed(String why) {
    HealthResult result =
        options.critical() ? HealthResult.unhealthy(why) : HealthResult.degraded(why);
    return failureForbidsTraffic() ? result.notReady() : result;
  }

  /** The result of a run that failed without a word. Any thread. */
  HealthResult saidNothing() {
    return failureForbidsTraffic() ? saidNothingAndNotReady : saidNothing;
  }

  /** A check that forbade traffic and can't tell now has not taken that back. */
  private boolean failureForbidsTraffic() {
    return check instanceof ReadinessCheck || !shown.ready();
  }

  /** No run of it begins any more. Any thread. */
  void leave() {
    leaving = true;
  }

  void makeDue(long now) {
    dueAt = now;
  }

  /** Who added it may have read a clock that hadn't noticed yet that the process was stopped. */
  void notDueLaterThanAtOnce(long now) {
    if (!everStarted && dueAt - now > 0) {
      dueAt = now;
    }
  }

  boolean mayStartAt(long now) {
    return run == null && !leaving && now - dueAt >= 0;
  }

  boolean isDueBefore(MonitoredCheck other) {
    return dueAt - other.dueAt < 0;
  }

  /** For how many nanoseconds its run is younger than {@code age}; 0 if it is older or none. */
  long runsUntil(long age, long now) {
    CheckRun current = run;
    return current == null ? 0 : Math.max(0, current.startedAt + age - now);
  }

  /** The run that goes on, or null. */
  @Nullable CheckRun run() {
    return run;
  }

  /** Whether it has been looked at, or has failed to answer, at least once. */
  boolean hasAnswered() {
    return answered;
  }

  /** Whether a run that began at {@code since} or later is over; or none can begin. */
  boolean isDoneSince(long since) {
    return overdue || (run == null && everStarted && startedAt - since >= 0);
  }

  void started(CheckRun started) {
    run = started;
    everStarted = true;
    startedAt = started.startedAt;
    overdue = false;
    dueAt = started.startedAt + intervalNanos;
  }

  /**
   * Takes the result of its run, if that is done. What comes after the timeout is of a moment long
   * gone: it is not taken, and the check is due again.
   */
  void takeFinished() {
    CheckRun finished = run;
    if (finished == null || !finished.isDone()) {
      return;
    }
    run = null;
    if (overdue) {
      overdue = false;
      return;
    }
    stale = false;
    lastChecked = finished.startedOn;
    tookNanos = finished.tookNanos();
    take(finished.result());
  }

  /**
   * Notices a run that goes past its timeout, and counts it again for each interval from then on.
   *
   * @return the run, when it is first noticed; it wants to be interrupted
   */
  @Nullable CheckRun noticeHang(long now) {
    CheckRun current = run;
    if (current == null || nanosUntilNext(now) > 0) {
      return null;
    }
    boolean first = !overdue;
    overdue = true;
    stale = true;
    countedAt = now;
    tookNanos = now - current.startedAt;
    take(failed("no answer after " + TimeUnit.NANOSECONDS.toMillis(tookNanos) + " ms"));
    return first ? current : null;
  }

  /** Nanoseconds until something is to be done about it, if nothing happens before. */
  long nanosUntilNext(long now) {
    CheckRun current = run;
    if (current == null) {
      return dueAt - now;
    }
    return overdue ? countedAt + intervalNanos - now : current.startedAt + timeoutNanos - now;
  }

  HealthStatus status() {
    return shown.status();
  }

  /** Why it forbids traffic, or null if it doesn't. */
  @Nullable String readinessIssue() {
    boolean forbids =
        !shown.ready()
            || (options.critical() && (!answered || shown.status() == HealthStatus.UNHEALTHY));
    return forbids ? name + ": " + detail : null;
  }

  CheckReport report() {
    return new CheckReport(
        name,
        shown.status(),
        detail,
        options.critical(),
        Duration.ofNanos(tookNanos),
        lastChecked,
        stale);
  }

  private void take(HealthResult result) {
    answered = true;
    detail = oneLine(result.detail());
    shown = hysteresis.add(result);
  }

  private static String oneLine(String text) {
    // It may quote anything, and is written to logs and terminals.
    String line = text.replaceAll("[\\s\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL) + "...";
  }
}
