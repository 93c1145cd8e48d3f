package dev.tollgate.health;

import java.util.ArrayList;
import java.util.List;

/** What changed between two reports, in a line each. */
public final class Changes {
  private Changes() {}

  /**
   * "status is DEGRADED, was HEALTHY: disk: 4.2 GB of 80 GB free". Empty if nothing changed; that
   * it has become ready as it should, once the first checks have ended, is not worth a line either.
   */
  public static List<String> lines(HealthReport before, HealthReport after) {
    List<String> lines = new ArrayList<>();
    if (after.status() != before.status()) {
      lines.add(
          "status is "
              + after.status()
              + ", was "
              + before.status()
              + because(after.statusIssues()));
    }
    boolean hasStarted = before.isStarting() && after.ready();
    if (after.ready() != before.ready() && !hasStarted) {
      lines.add(after.ready() ? "ready" : "not ready" + because(after.readinessIssues()));
    }
    if (after.live() != before.live()) {
      lines.add(after.live() ? "live again" : "not live" + because(after.livenessIssues()));
    }
    return lines;
  }

  private static String because(List<String> reasons) {
    return reasons.isEmpty() ? "" : ": " + String.join("; ", reasons);
  }
}
