package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.Table.Cell;
import dev.tollgate.agent.cli.demo.DemoResult;
import dev.tollgate.agent.cli.demo.Observation;
import dev.tollgate.agent.cli.demo.RunResult;
import dev.tollgate.agent.cli.demo.Scenario;
import dev.tollgate.agent.cli.demo.Waits;
import dev.tollgate.agent.cli.jvm.Reading;
import dev.tollgate.health.HealthReport;
import dev.tollgate.limiter.Durations;
import dev.tollgate.limiter.RateLimitConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Help.Ansi;

/** What the demo says. At most 80 columns, and ASCII, which every terminal shows. */
final class DemoReport {
  private static final int MOST_LINES = 3;

  private final Scenario scenario;
  private final Ansi ansi;

  DemoReport(Scenario scenario, Ansi ansi) {
    this.scenario = scenario;
    this.ansi = ansi;
  }

  /** What is going to happen. */
  List<String> introduction() {
    RateLimitConfig limit = scenario.limit();
    String window = Durations.print(scenario.window());
    return List.of(
        bold("One program, two runs: the same HTTP client without the agent and with it"),
        "",
        item("server", "answers " + scenario.quota() + " calls in " + window + ", then 429"),
        item(
            "client",
            scenario.calls()
                + " calls, "
                + scenario.threads()
                + " threads, by a method with @RateLimited(\""
                + Scenario.LIMITER
                + "\")"),
        item("limiter", scenario.limiterSettings()),
        item(
            "fits",
            "capacity + permits * window / period = "
                + limit.capacity()
                + " + "
                + limit.permits()
                + " * "
                + window
                + " / "
                + Durations.print(limit.period())
                + " = "
                + scenario.mostInAnyWindow()
                + " <= "
                + scenario.quota()),
        "");
  }

  /** What happened, and what to think of it. */
  List<String> outcome(DemoResult result) {
    Table table = new Table("", "calls", "200", "429", "mean wait", "max wait", "time", "calls/s");
    table.add(row("without the agent", result.without(), "-"));
    table.add(row("with the agent", result.with(), "n/a"));

    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(table.lines(ansi));
    lines.add("");
    List<String> problems = result.problems();
    if (problems.isEmpty()) {
      lines.add(Styled.text(ansi, "bold,green", verdict(result)));
    }
    for (String problem : problems) {
      lines.add(Styled.text(ansi, "bold,red", "FAILED: " + problem));
    }
    lines.add("");
    lines.addAll(health(result.with().observation()));
    return lines;
  }

  private List<String> health(Observation observation) {
    Optional<HealthReport> health = observation.health();
    Optional<Reading> reading = observation.reading();
    if (health.isEmpty() || reading.isEmpty()) {
      String why = PlainText.of("Its health could not be read: " + observation.problem());
      return PlainText.wrap(why, Table.PAGE, MOST_LINES);
    }
    List<String> lines = new ArrayList<>();
    lines.add(bold("Its health with the agent, as read over JMX while it ran"));
    lines.add("");
    lines.addAll(HealthPage.lines(health.get(), reading.get().time(), ansi));
    return lines;
  }

  private String verdict(DemoResult result) {
    return "The server refused "
        + result.without().client().refused()
        + " of "
        + scenario.calls()
        + " calls without the agent, and none with it.";
  }

  private Cell[] row(String label, RunResult result, String noWaits) {
    int refused = result.client().refused();
    return new Cell[] {
      Cell.of(label),
      Cell.of(result.client().calls()),
      Cell.of(result.client().ok()),
      new Cell(Integer.toString(refused), refused > 0 ? "bold,red" : "bold,green"),
      Cell.of(wait(result, noWaits, Waits::mean)),
      Cell.of(wait(result, noWaits, Waits::max)),
      Cell.of(String.format(Locale.ROOT, "%.1f s", result.elapsed().toNanos() / 1e9)),
      Cell.of(Math.round(result.throughput()))
    };
  }

  private static String wait(RunResult result, String none, Function<Waits, Duration> which) {
    return result
        .observation()
        .waits()
        .map(which)
        .map(wait -> wait.toMillis() + " ms")
        .orElse(none);
  }

  private String item(String label, String text) {
    return "  " + Styled.text(ansi, "faint", label) + " ".repeat(9 - label.length()) + text;
  }

  private String bold(String text) {
    return Styled.text(ansi, "bold", text);
  }
}
