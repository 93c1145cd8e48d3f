package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.Rates.Rate;
import dev.tollgate.agent.cli.jvm.HealthReading;
import dev.tollgate.agent.cli.jvm.Reading;
import dev.tollgate.agent.cli.jvm.Reading.AgentReading;
import dev.tollgate.agent.cli.jvm.Reading.Fault;
import dev.tollgate.limiter.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** All that is known of a JVM, on a page. At most 80 columns, and ASCII. */
final class StatusPage {
  private static final int MOST_FAULTS = 3;

  private StatusPage() {}

  /** Of one reading. */
  static List<String> lines(Reading reading, Ansi ansi) {
    return page(reading, LimiterTable.totals(reading.limiters(), ansi), ansi);
  }

  /** Of one reading, with what has happened since another. */
  static List<String> lines(Reading reading, Map<String, Rate> rates, Ansi ansi) {
    return page(reading, LimiterTable.rates(reading.limiters(), rates, ansi), ansi);
  }

  private static List<String> page(Reading reading, List<String> limiters, Ansi ansi) {
    List<String> lines = new ArrayList<>();
    lines.add(Styled.text(ansi, "bold", title(reading)));
    if (reading.agent().isPresent()) {
      addConfiguration(lines, reading.agent().get(), ansi);
    }
    if (reading.health().isPresent()) {
      lines.addAll(HealthPage.lines(reading.health().get().report(), reading.time(), ansi));
    } else {
      lines.addAll(Item.lines(ansi, "health", health(reading), "yellow"));
    }
    if (!reading.limiters().isEmpty()) {
      lines.add("");
      lines.addAll(limiters);
    }
    addFaults(lines, reading.notUnderstood(), ansi);
    return lines;
  }

  /** A few: a program may have any number of beans. */
  private static void addFaults(List<String> lines, List<Fault> faults, Ansi ansi) {
    String label = "beans";
    for (Fault fault : faults.subList(0, Math.min(faults.size(), MOST_FAULTS))) {
      if (label.equals("beans")) {
        lines.add("");
      }
      lines.addAll(Item.lines(ansi, label, fault.why(), "yellow"));
      label = "";
    }
    if (faults.size() > MOST_FAULTS) {
      int more = faults.size() - MOST_FAULTS;
      lines.addAll(Item.lines(ansi, "", more + " more aren't understood", "yellow"));
    }
  }

  private static String health(Reading reading) {
    return reading.notUnderstood().stream().anyMatch(Fault::isHealth)
        ? "unknown: its bean isn't understood"
        : "unknown: no health checks run there";
  }

  private static void addConfiguration(List<String> lines, AgentReading agent, Ansi ansi) {
    lines.addAll(Item.lines(ansi, "config", agent.configSource(), ""));
    if (!agent.reloadFailure().isEmpty()) {
      lines.addAll(Item.lines(ansi, "", "not reloaded: " + agent.reloadFailure(), "yellow"));
    }
  }

  private static String title(Reading reading) {
    String version = reading.agent().map(AgentReading::version).orElse("");
    return PlainText.cut(
        PlainText.of("Tollgate " + version + " in process " + reading.pid())
            + reading.health().map(StatusPage::uptime).orElse(""),
        Table.PAGE);
  }

  private static String uptime(HealthReading health) {
    long seconds = Math.max(0, health.uptimeSeconds().longValue());
    return ", up " + (seconds == 0 ? "0s" : Durations.print(Duration.ofSeconds(seconds)));
  }
}
