package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.Table.Cell;
import dev.tollgate.health.CheckOverrides;
import dev.tollgate.health.HealthConfig;
import dev.tollgate.health.SpaceThresholds;
import dev.tollgate.limiter.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** What a configuration says of the health checks. */
final class HealthSettings {
  /** The check decides, which the configuration doesn't know. */
  private static final String OWN = "own";

  private HealthSettings() {}

  static List<String> lines(HealthConfig health, Ansi ansi) {
    Table space = new Table("health", "degraded", "critical", "not ready");
    addSpace(space, "disk", health.disk());
    addSpace(space, "memory", health.memory());
    List<String> lines = new ArrayList<>(space.lines(ansi));
    lines.add("");
    lines.add("disks: " + inWords(health.diskPaths()));
    lines.add(
        "caches: degraded below "
            + ExactQuantity.percentage(health.cacheHitRate())
            + " hits in at least "
            + health.cacheRequests()
            + " requests");
    lines.add(
        "limiters: degraded above "
            + ExactQuantity.percentage(health.rejectionRate())
            + " refused of at least "
            + health.rejectionRequests()
            + " calls in a minute");
    lines.add(
        "tools: " + inWords(health.tools()) + "; required: " + inWords(health.requiredTools()));
    lines.add(
        "checks: every "
            + Durations.printExactly(health.interval())
            + ", for at most "
            + Durations.printExactly(health.timeout())
            + ", unless they say otherwise");
    if (!health.checks().isEmpty()) {
      lines.add("");
      lines.addAll(checks(health.checks()).lines(ansi));
    }
    return lines;
  }

  private static void addSpace(Table table, String what, SpaceThresholds space) {
    table.add(
        Cell.of(what),
        Cell.of(below(space.degradedBytes(), space.degradedShare())),
        Cell.of(below(space.criticalBytes(), space.criticalShare())),
        Cell.of(below(space.readyBytes(), 0)));
  }

  private static String below(long bytes, double share) {
    List<String> limits = new ArrayList<>();
    if (bytes > 0) {
      limits.add("< " + ExactQuantity.size(bytes));
    }
    if (share > 0) {
      limits.add("< " + ExactQuantity.percentage(share));
    }
    return limits.isEmpty() ? "never" : String.join(" or ", limits);
  }

  private static Table checks(Map<String, CheckOverrides> checks) {
    Table table = new Table("check", "interval", "timeout", "critical", "failures", "successes");
    for (Map.Entry<String, CheckOverrides> check : new TreeMap<>(checks).entrySet()) {
      CheckOverrides overrides = check.getValue();
      table.add(
          Cell.of(check.getKey()),
          duration(overrides.interval()),
          duration(overrides.timeout()),
          orOwn(overrides.critical()),
          orOwn(overrides.failures()),
          orOwn(overrides.successes()));
    }
    return table;
  }

  private static Cell duration(@Nullable Duration duration) {
    return orOwn(duration == null ? null : Durations.printExactly(duration));
  }

  private static Cell orOwn(@Nullable Object value) {
    return value == null ? new Cell(OWN, "faint") : Cell.of(value.toString());
  }

  private static String inWords(List<String> names) {
    return names.isEmpty() ? "none" : PlainText.line(String.join(", ", names));
  }
}
