package dev.tollgate.benchmarks.report;

import static dev.tollgate.benchmarks.report.Results.BYTES;
import static dev.tollgate.benchmarks.report.Results.CONTENDER;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The results as a page of Markdown. Every number is of the run, or of two of its numbers. */
final class Report {
  private static final String[][] COLUMNS = {
    {"granted, 1 thread", Bars.GRANTED, "1"},
    {"granted, 2 threads", Bars.GRANTED, "2"},
    {"refused, 1 thread", Bars.REFUSED, "1"},
    {"refused, 2 threads", Bars.REFUSED, "2"}
  };
  private final Results results;
  private final List<String> lines = new ArrayList<>();

  private Report(Results results) {
    this.results = results;
  }

  /**
   * @param head what the run was: date, machine, command
   */
  static List<String> of(Results results, List<String> head) {
    Report report = new Report(results);
    report.lines.add("# Results");
    report.lines.add("");
    report.lines.add("Written by the run, not by hand; [README.md](README.md) says how.");
    report.lines.add("");
    report.lines.addAll(head);
    report.bars();
    report.permits();
    report.forms();
    report.aboveRate();
    report.manyLimiters();
    report.waits();
    report.keys();
    report.start();
    return report.lines;
  }

  /** The part that tells of starting programs. */
  static List<String> ofStart(Results results) {
    Report report = new Report(results);
    report.table("", "measured", "must be", "");
    StartBars.of(results.start().orElseThrow()).forEach(bar -> report.lines.add(bar.row()));
    report.start();
    return report.lines;
  }

  private void bars() {
    section("What must hold");
    table("", "measured", "must be", "");
    List<Bar> bars = Bars.of(results);
    bars.forEach(bar -> lines.add(bar.row()));
    long missed = bars.stream().filter(bar -> bar.measured().isPresent() && !bar.holds()).count();
    if (missed > 0) {
      lines.add("");
      lines.add("Missed: " + missed + "; [README.md](README.md#what-falls-short) says why.");
    }
  }

  private void permits() {
    section("A permit");
    lines.add("Medians in ns, as a multiple of `nanoTime`, and of Tollgate's own.");
    lines.add("");
    lines.add("![chart](results.svg)");
    lines.add("");
    table("", COLUMNS[0][0], COLUMNS[1][0], COLUMNS[2][0], COLUMNS[3][0], "B granted", "B refused");
    floor("`System.nanoTime`", Bars.NANO_TIME);
    floor("one compare-and-set", "FloorBenchmark.compareAndSet");
    floor("Tollgate, a woven method", Bars.WOVEN);
    for (String contender : results.values(Bars.GRANTED, CONTENDER)) {
      StringBuilder row = new StringBuilder("| ").append(Names.of(contender)).append(" |");
      for (String[] column : COLUMNS) {
        int threads = Integer.parseInt(column[2]);
        row.append(' ').append(cell(column[1], threads, contender)).append(" |");
      }
      row.append(' ').append(bytes(Bars.GRANTED, contender)).append(" |");
      row.append(' ').append(bytes(Bars.REFUSED, contender)).append(" |");
      lines.add(row.toString());
    }
  }

  private void floor(String name, String benchmark) {
    lines.add(
        "| %s | %s | %s | | | | |"
            .formatted(
                name,
                cell(results.median(benchmark, 1, Map.of()), 1, Bars.GRANTED),
                cell(results.median(benchmark, 2, Map.of()), 2, Bars.GRANTED)));
  }

  private String cell(String benchmark, int threads, String contender) {
    return cell(
        results.median(benchmark, threads, Map.of(CONTENDER, contender)), threads, benchmark);
  }

  private String cell(OptionalDouble median, int threads, String benchmark) {
    if (median.isEmpty()) {
      return "–";
    }
    OptionalDouble nanoTime = results.median(Bars.NANO_TIME, threads, Map.of());
    OptionalDouble ours = results.median(benchmark, threads, Map.of(CONTENDER, "TOLLGATE"));
    return number(median) + " (" + ratio(median, nanoTime) + ", " + ratio(median, ours) + ")";
  }

  private String bytes(String benchmark, String contender) {
    OptionalDouble bytes = results.secondary(benchmark, 1, Map.of(CONTENDER, contender), BYTES);
    return bytes.isEmpty() ? "–" : "%.0f".formatted(bytes.getAsDouble());
  }

  private void forms() {
    List<String> rows = new Forms(results).rows();
    if (rows.isEmpty()) {
      return;
    }
    section("Forms of a limit, woven, 1 thread");
    lines.add("Medians of a granted call, and what it allocates.");
    lines.add("");
    table("", "ns", "B");
    lines.addAll(rows);
  }

  private void aboveRate() {
    List<String> rates = results.values(Bars.ABOVE_RATE, "rate");
    if (rates.isEmpty()) {
      return;
    }
    section("Demand above the rate, 2 threads");
    lines.add("Medians in ns a call, granted or refused, by permits a second.");
    lines.add("");
    List<String> heads = new ArrayList<>(List.of(""));
    heads.addAll(rates);
    table(heads.toArray(String[]::new));
    for (String contender : results.values(Bars.ABOVE_RATE, CONTENDER)) {
      StringBuilder row = new StringBuilder("| ").append(Names.of(contender)).append(" |");
      for (String rate : rates) {
        row.append(' ')
            .append(
                number(
                    results.median(Bars.ABOVE_RATE, 2, Map.of(CONTENDER, contender, "rate", rate))))
            .append(" |");
      }
      lines.add(row.toString());
    }
  }

  private void manyLimiters() {
    String benchmark = "ManyLimitersBenchmark.granted";
    List<String> counts = results.values(benchmark, "limiters");
    if (counts.isEmpty()) {
      return;
    }
    section("Many limiters, 1 thread");
    lines.add("Medians in ns a granted call, one limiter after another, by their number.");
    lines.add("");
    List<String> heads = new ArrayList<>(List.of(""));
    heads.addAll(counts);
    table(heads.toArray(String[]::new));
    for (String contender : results.values(benchmark, CONTENDER)) {
      StringBuilder row = new StringBuilder("| ").append(Names.of(contender)).append(" |");
      for (String count : counts) {
        row.append(' ')
            .append(
                number(
                    results.median(benchmark, 1, Map.of(CONTENDER, contender, "limiters", count))))
            .append(" |");
      }
      lines.add(row.toString());
    }
  }

  private void waits() {
    if (results.values(Bars.OVERSHOOT, CONTENDER).isEmpty()) {
      return;
    }
    section("A wait's overshoot");
    lines.add("Microseconds from the moment that the limiter named to the call's return.");
    lines.add("");
    table("", "median", "99th percentile");
    for (String contender : results.values(Bars.OVERSHOOT, CONTENDER)) {
      lines.add(
          "| %s | %s | %s |"
              .formatted(
                  Names.of(contender),
                  micros(contender, "medianNanos"),
                  micros(contender, "p99Nanos")));
    }
  }

  private String micros(String contender, String metric) {
    OptionalDouble nanos =
        results.secondary(Bars.OVERSHOOT, 1, Map.of(CONTENDER, contender), metric);
    return nanos.isEmpty() ? "–" : "%.1f".formatted(nanos.getAsDouble() / 1_000);
  }

  private void keys() {
    if (results.values(Bars.KEYS, CONTENDER).isEmpty()) {
      return;
    }
    section("A million keys");
    lines.add("Bytes a key, with the cache and without the key itself.");
    lines.add("");
    table("", "B");
    for (String contender : results.values(Bars.KEYS, CONTENDER)) {
      lines.add(
          "| %s | %s |"
              .formatted(
                  Names.of(contender),
                  number(
                      results.secondary(
                          Bars.KEYS, 1, Map.of(CONTENDER, contender), "bytesPerKey"))));
    }
  }

  private void start() {
    results
        .start()
        .ifPresent(
            figures -> {
              section("Starting a program");
              lines.addAll(StartPage.of(figures));
            });
  }

  private void section(String title) {
    lines.add("");
    lines.add("## " + title);
    lines.add("");
  }

  private void table(String... heads) {
    lines.add("| " + String.join(" | ", heads) + " |");
    lines.add("|---" + "|--:".repeat(heads.length - 1) + "|");
  }

  private static String number(OptionalDouble value) {
    return value.isEmpty() ? "–" : String.format(Locale.ROOT, "%.1f", value.getAsDouble());
  }

  private static String ratio(OptionalDouble value, OptionalDouble to) {
    return to.isEmpty()
        ? "–"
        : String.format(Locale.ROOT, "%.2f×", value.getAsDouble() / to.getAsDouble());
  }
}
