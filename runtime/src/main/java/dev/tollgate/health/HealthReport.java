package dev.tollgate.health;

import java.util.List;

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

  /** Copies the lists. */
  public HealthReport {
    readinessIssues = List.copyOf(readinessIssues);
    livenessIssues = List.copyOf(livenessIssues);
    checks = List.copyOf(checks);
  }
}
