package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.Table.Cell;
import dev.tollgate.health.CheckReport;
import dev.tollgate.health.HealthReport;
import dev.tollgate.health.HealthStatus;
import dev.tollgate.limiter.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** The health of a JVM, as people read it. At most 80 columns, and ASCII. */
final class HealthPage {
  private static final String CRITICAL_MARK = "*";

  private final Ansi ansi;
  private final List<String> lines = new ArrayList<>();

  private HealthPage(Ansi ansi) {
    this.ansi = ansi;
  }

  /**
   * Status, readiness, liveness and the checks.
   *
   * @param now what the ages of the checks refer to
   */
  static List<String> lines(HealthReport health, Instant now, Ansi ansi) {
    HealthPage page = new HealthPage(ansi);
    page.add("health", health.status().name(), style(health.status()));
    page.add("ready", health.ready(), health.readinessIssues());
    page.add("live", health.live(), health.livenessIssues());
    page.add(health.checks(), now);
    return page.lines;
  }

  private void add(String label, boolean yes, List<String> issues) {
    add(label, yes ? "yes" : "no", yes ? "bold,green" : "bold,red");
    for (String issue : issues) {
      lines.addAll(Item.lines(ansi, "", issue, ""));
    }
  }

  private void add(String label, String text, String style) {
    lines.addAll(Item.lines(ansi, label, text, style));
  }

  private void add(List<CheckReport> checks, Instant now) {
    Table table = Table.withProse("check", "status", "age", "took", "detail");
    boolean anyCritical = false;
    for (CheckReport check : checks) {
      String mark = check.critical() ? CRITICAL_MARK : "";
      anyCritical |= check.critical();
      table.add(
          Cell.of(check.name() + mark),
          new Cell(check.status().name(), style(check.status())),
          new Cell(age(check, now), check.stale() ? "yellow" : ""),
          Cell.of(Durations.print(check.duration())),
          Cell.of((check.stale() ? "(stale) " : "") + check.detail()));
    }
    lines.add("");
    lines.addAll(table.lines(ansi));
    if (anyCritical) {
      lines.add(
          Styled.text(ansi, "faint", CRITICAL_MARK + " not ready while this one is UNHEALTHY"));
    }
  }

  /** Rounded down to seconds; another clock may be a little ahead. */
  private static String age(CheckReport check, Instant now) {
    if (check.lastChecked() == null) {
      return "never";
    }
    long seconds = Math.max(0, Duration.between(check.lastChecked(), now).toSeconds());
    return seconds == 0 ? "0s" : Durations.print(Duration.ofSeconds(seconds));
  }

  private static String style(HealthStatus status) {
    return switch (status) {
      case HEALTHY -> "bold,green";
      case DEGRADED -> "bold,yellow";
      case UNHEALTHY -> "bold,red";
    };
  }
}
