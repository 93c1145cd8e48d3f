package dev.tollgate.health;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A check, its run if one goes on, and what is known of it. But for constants: one thread only. */
final class MonitoredCheck {
  private static final int LONGEST_DETAIL = 500;

  private final String name;
  private final HealthCheck check;
  private final CheckOptions options;
  private final @Nullable ClassLoader loader;
  private final long intervalNanos;
  private final long timeoutNanos;
  private final Hysteresis hysteresis;

  private HealthResult shown = HealthResult.healthy("not checked yet");
  private String detail = shown.detail();
  private @Nullable Instant lastChecked;
  private long tookNanos;
  private boolean answered;
  private boolean stale;

  private @Nullable CheckRun run;
  private boolean overdue;
  private long startedAt;
  private long dueAt;

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
    this.dueAt = dueAt;
    this.startedAt = dueAt - 1;
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

  /** What counts where the check itself fails to answer. */
  HealthResult failed(String why) {
    return options.critical() ? HealthResult.unhealthy(why) : HealthResult.degraded(why);
  }

  void makeDue(long now) {
    dueAt = now;
  }

  boolean mayStartAt(long now) {
    return run == null && isDue(now);
  }

  boolean isDueBefore(MonitoredCheck other) {
    return dueAt - other.dueAt < 0;
  }

  /** For how many nanoseconds its run is younger than {@code age}; 0 if it is older or none. */
  long runsUntil(long age, long now) {
    CheckRun current = run;
    return current == null ? 0 : Math.max(0, current.startedAt + age - now);
  }

  /** Whether it has been looked at, or has failed to answer, at least once. */
  boolean hasAnswered() {
    return answered;
  }

  /** Whether a run that began at {@code since} or later is over; or none can begin. */
  boolean isDoneSince(long since) {
    return overdue || (run == null && startedAt - since >= 0);
  }

  void started(CheckRun started) {
    run = started;
    startedAt = started.startedAt;
    overdue = false;
    dueAt = started.startedAt + intervalNanos;
  }

  /**
   * Takes the result of its run. What comes after the timeout is of a moment long gone: it is not
   * taken, and the check is due again.
   */
  void finished(CheckRun finished, long now) {
    run = null;
    if (overdue) {
      overdue = false;
      dueAt = now + Math.max(0, startedAt + intervalNanos - now);
      return;
    }
    stale = false;
    lastChecked = finished.startedOn;
    tookNanos = finished.tookNanos();
    take(finished.result());
  }

  /**
   * Notices a run that hangs, and each time when another should have begun; says whether it did.
   */
  boolean noticeHang(long now) {
    CheckRun current = run;
    if (current == null) {
      return false;
    }
    long since = now - current.startedAt;
    if (overdue ? !isDue(now) : since < timeoutNanos) {
      return false;
    }
    if (!overdue) {
      overdue = true;
      stale = true;
      current.interrupt();
    } else {
      dueAt = now + intervalNanos;
    }
    tookNanos = since;
    take(failed("no answer after " + TimeUnit.NANOSECONDS.toMillis(since) + " ms"));
    return true;
  }

  /** Nanoseconds until something is to be done about it, if nothing happens before. */
  long nanosUntilNext(long now) {
    CheckRun current = run;
    long untilDue = dueAt - now;
    return current == null || overdue ? untilDue : current.startedAt + timeoutNanos - now;
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

  private boolean isDue(long now) {
    return now - dueAt >= 0;
  }

  private void take(HealthResult result) {
    answered = true;
    detail = oneLine(result.detail());
    shown = hysteresis.add(result);
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL) + "...";
  }
}
