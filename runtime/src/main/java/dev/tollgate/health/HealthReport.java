package dev.tollgate.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How things stood when the last check answered. Immutable.
 *
 * @param status the worst of all checks
 * @param ready whether the process may get traffic
 * @param readinessIssues why not; empty if it may
 * @param live false only for what a restart mends
 * @param livenessIssues why not; empty if it is
 * @param checks in alphabetical order of their names
 */
public record HealthReport(
    HealthStatus status,
    boolean ready,
    List<String> readinessIssues,
    boolean live,
    List<String> livenessIssues,
    List<CheckReport> checks) {

  private static final List<String> NOT_YET = List.of("the first checks haven't ended yet");

  /** Before anything is known. */
  static final HealthReport STARTING = starting(List.of(), List.of());

  /** Copies the lists. */
  public HealthReport {
    readinessIssues = List.copyOf(readinessIssues);
    livenessIssues = List.copyOf(livenessIssues);
    checks = List.copyOf(checks);
  }

  /** What makes the status what it is, "name: detail" of each such check; empty if all is well. */
  public List<String> statusIssues() {
    List<String> issues = new ArrayList<>();
    for (CheckReport check : checks) {
      if (status != HealthStatus.HEALTHY && check.status() == status) {
        issues.add(check.name() + (check.detail().isEmpty() ? "" : ": " + check.detail()));
      }
    }
    return issues;
  }

  /** While some of the first checks haven't ended, whatever others found. */
  static HealthReport starting(List<String> livenessIssues, List<CheckReport> checks) {
    return new HealthReport(
        HealthStatus.HEALTHY, false, NOT_YET, livenessIssues.isEmpty(), livenessIssues, checks);
  }

  /** Written out, as that of {@link CheckReport} is. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HealthReport that
        && status == that.status
        && ready == that.ready
        && live == that.live
        && readinessIssues.equals(that.readinessIssues)
        && livenessIssues.equals(that.livenessIssues)
        && checks.equals(that.checks);
  }

  @Override
  public int hashCode() {
    return Objects.hash(status, ready, readinessIssues, live, livenessIssues, checks);
  }

  /** Whether some of the first checks haven't ended. */
  boolean isStarting() {
    return readinessIssues.equals(NOT_YET);
  }
}
