package dev.tollgate.jmx;

import dev.tollgate.health.CheckReport;
import dev.tollgate.health.HealthView;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;

/** {@code dev.tollgate:type=Health}. */
final class HealthBean {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final ArrayType<String[]> TEXTS = textsType();

  private HealthBean() {}

  static OpenBean of(HealthView health) {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    Table<CheckReport> checks = checks();
    BackgroundEmitter emitter = new BackgroundEmitter(HealthNotifications.infos());
    emitter.whenClosed(health.addListener(new HealthNotifications(emitter::sendNotification)));
    return OpenBean.describedAs("How the process is, as the last check of each kind found it")
        .attribute(
            "Status",
            "HEALTHY, DEGRADED or UNHEALTHY: the worst of all checks",
            SimpleType.STRING,
            () -> health.report().status().name())
        .attribute(
            "StatusCode",
            "Status as a number: 0, 1 or 2",
            SimpleType.INTEGER,
            () -> health.report().status().code())
        .attribute(
            "Ready",
            "Whether the process may get traffic",
            SimpleType.BOOLEAN,
            () -> health.report().ready())
        .attribute(
            "ReadinessIssues",
            "Why the process may get no traffic; empty if it may",
            TEXTS,
            () -> texts(health.report().readinessIssues()))
        .attribute(
            "Live",
            "False only where a restart would mend the process",
            SimpleType.BOOLEAN,
            () -> health.report().live())
        .attribute(
            "LivenessIssues",
            "What a restart would mend; empty if the process is live",
            TEXTS,
            () -> texts(health.report().livenessIssues()))
        .attribute("Pid", "The process's number", SimpleType.LONG, runtime::getPid)
        .attribute(
            "UptimeSeconds",
            "Whole seconds since the JVM began, whatever the wall clock does",
            "s",
            SimpleType.LONG,
            // The JVM's own count, not the difference to its start time.
            () -> TimeUnit.MILLISECONDS.toSeconds(runtime.getUptime()))
        .attribute(
            "Checks",
            "Every check and what it found last",
            checks.type(),
            () -> checks.rows(health.report().checks()))
        .action("refresh", "Runs all checks now; changes no limit", () -> refresh(health))
        .notifications(emitter)
        .build();
  }

  private static Table<CheckReport> checks() {
    return Table.of(
            "Checks",
            "A check and what it found last",
            List.of(
                Table.column("name", "The check's name", CheckReport::name),
                Table.column(
                    "status", "HEALTHY, DEGRADED or UNHEALTHY", check -> check.status().name()),
                Table.column(
                    "statusCode",
                    "status as a number: 0, 1 or 2",
                    SimpleType.INTEGER,
                    check -> check.status().code()),
                Table.column("detail", "What was found", CheckReport::detail),
                Table.column(
                    "critical",
                    "Whether the process may get no traffic while this is UNHEALTHY",
                    SimpleType.BOOLEAN,
                    CheckReport::critical),
                Table.column(
                    "durationMillis",
                    "How long the last run took, or has taken so far, in ms",
                    SimpleType.DOUBLE,
                    check -> check.duration().toNanos() / NANOS_PER_MILLI),
                Table.column(
                    "lastChecked",
                    "When the last run that answered began; empty if none has",
                    SimpleType.DATE,
                    check -> date(check.lastChecked())),
                Table.column(
                    "stale",
                    "Whether a run has gone past its timeout and hasn't come back",
                    SimpleType.BOOLEAN,
                    CheckReport::stale)))
        .indexedBy("name");
  }

  private static void refresh(HealthView health) {
    try {
      health.refresh();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ArrayType<String[]> textsType() {
    try {
      return ArrayType.getArrayType(SimpleType.STRING);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable Date date(@Nullable Instant instant) {
    return instant == null ? null : Date.from(instant);
  }

  private static String[] texts(List<String> texts) {
    return texts.toArray(new String[0]);
  }
}
