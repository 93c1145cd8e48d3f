package dev.tollgate.benchmarks.report;

import static dev.tollgate.benchmarks.report.StartFigures.CPU;
import static dev.tollgate.benchmarks.report.StartFigures.PEAK;
import static dev.tollgate.benchmarks.report.StartFigures.WALL;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The tables of programs' starts: for each program, what each agent makes of it. */
final class StartPage {
  /** The program under the empty agent, before each of the rows that are compared with it. */
  private static final Map<String, Map<String, String>> PROGRAMS = new LinkedHashMap<>();

  static {
    Map<String, String> hello = new LinkedHashMap<>();
    hello.put("bare", "hello");
    hello.put("empty", "… an agent with an empty premain");
    hello.put("nothing", "… Tollgate, nothing annotated, no configuration file");
    hello.put("configured", "… Tollgate, a configuration file");
    hello.put("one", "… Tollgate, one annotated class");
    hello.put("async", "… Tollgate, one annotated async method");
    hello.put("otel", "… OpenTelemetry, exporters off");
    PROGRAMS.put("empty", hello);
    Map<String, String> large = new LinkedHashMap<>();
    large.put("large-bare", "5,000 classes");
    large.put("large-empty", "… an agent with an empty premain");
    large.put("large-looking", "… an agent that is shown each class and counts it");
    large.put("large-nothing", "… Tollgate, nothing annotated");
    large.put("large", "… Tollgate, 50 of them annotated and called");
    PROGRAMS.put("large-empty", large);
    Map<String, String> server = new LinkedHashMap<>();
    server.put("server-bare", "Tomcat, to its first answer");
    server.put("server-empty", "… an agent with an empty premain");
    server.put("server-looking", "… an agent that is shown each class and counts it");
    server.put("server-nothing", "… Tollgate, nothing annotated");
    server.put("server", "… Tollgate, an annotated servlet");
    server.put("server-otel", "… OpenTelemetry, exporters off");
    PROGRAMS.put("server-empty", server);
  }

  private final StartFigures figures;
  private final List<String> lines = new ArrayList<>();

  private StartPage(StartFigures figures) {
    this.figures = figures;
  }

  static List<String> of(StartFigures figures) {
    StartPage page = new StartPage(figures);
    page.head();
    for (int jdk : StartBars.JDKS) {
      page.table(jdk);
    }
    return page.lines;
  }

  private void head() {
    lines.add(
        String.format(
            Locale.ROOT,
            "Whole processes, medians of %d, one after another in turn, load average before: %.2f. %s.",
            figures.rounds(),
            figures.load(),
            String.join(", ", figures.texts("versions"))));
    lines.add("Added, and the ratio, are to the same program under the empty agent.");
    for (String failure : figures.texts("failures")) {
      lines.add("");
      lines.add("**Not measured: " + failure + "**");
    }
  }

  private void table(int jdk) {
    if (figures.median(jdk, "bare", WALL).isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("| JDK " + jdk + " | wall, ms | added | ratio | CPU, ms | peak, MiB | ratio |");
    lines.add("|---|--:|--:|--:|--:|--:|--:|");
    PROGRAMS.forEach(
        (base, programs) -> programs.forEach((program, name) -> row(jdk, base, program, name)));
  }

  private void row(int jdk, String base, String program, String name) {
    OptionalDouble wall = figures.median(jdk, program, WALL);
    OptionalDouble baseWall = figures.median(jdk, base, WALL);
    OptionalDouble peak = figures.median(jdk, program, PEAK);
    lines.add(
        "| %s | %s | %s | %s | %s | %s | %s |"
            .formatted(
                name,
                number("%.0f", wall),
                wall.isPresent() && baseWall.isPresent()
                    ? number(
                        "%+.0f", OptionalDouble.of(wall.getAsDouble() - baseWall.getAsDouble()))
                    : "–",
                ratio(wall, baseWall),
                number("%.0f", figures.median(jdk, program, CPU)),
                number("%.0f", peak),
                ratio(peak, figures.median(jdk, base, PEAK))));
  }

  private static String ratio(OptionalDouble value, OptionalDouble to) {
    return value.isPresent() && to.isPresent()
        ? number("%.2f×", OptionalDouble.of(value.getAsDouble() / to.getAsDouble()))
        : "–";
  }

  private static String number(String format, OptionalDouble value) {
    return value.isEmpty() ? "–" : String.format(Locale.ROOT, format, value.getAsDouble());
  }
}
