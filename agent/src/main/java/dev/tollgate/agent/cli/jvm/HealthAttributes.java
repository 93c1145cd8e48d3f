package dev.tollgate.agent.cli.jvm;

import dev.tollgate.health.CheckReport;
import dev.tollgate.health.HealthReport;
import dev.tollgate.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;

/** From the attributes of the bean {@code type=Health} to the report that they were made of. */
final class HealthAttributes {
  static final String[] NAMES = {
    "Status", "Ready", "ReadinessIssues", "Live", "LivenessIssues", "Pid", "UptimeSeconds", "Checks"
  };

  private HealthAttributes() {}

  static HealthReading reading(Attributes health) throws NoAnswerException {
    List<CheckReport> checks = new ArrayList<>();
    try {
      for (Object row : health.as(TabularData.class, "Checks").values()) {
        checks.add(check((CompositeData) row));
      }
      checks.sort(Comparator.comparing(CheckReport::name));
      return new HealthReading(
          new HealthReport(
              HealthStatus.valueOf(health.text("Status")),
              health.flag("Ready"),
              health.texts("ReadinessIssues"),
              health.flag("Live"),
              health.texts("LivenessIssues"),
              checks),
          health.number("Pid").longValue(),
          health.number("UptimeSeconds"));
    } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
      // A status that isn't known here, or a row of another shape.
      throw health.notUnderstood("Status or Checks", e);
    }
  }

  @SuppressWarnings("JavaUtilDate") // JMX has no open type for an Instant.
  private static CheckReport check(CompositeData row) {
    @Nullable Date lastChecked = (Date) row.get("lastChecked");
    return new CheckReport(
        (String) row.get("name"),
        HealthStatus.valueOf((String) row.get("status")),
        (String) row.get("detail"),
        (Boolean) row.get("critical"),
        Duration.ofNanos(Math.max(0, Math.round((Double) row.get("durationMillis") * 1e6))),
        lastChecked == null ? null : Instant.ofEpochMilli(lastChecked.getTime()),
        (Boolean) row.get("stale"));
  }
}
