package dev.tollgate.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page says of starting programs. */
class StartReportTest {
  private static final String RUN =
      """
      {"rounds": 3, "load": 0.25, "agentMB": 13.0,
       "versions": ["JDK 17.0.15", "a-server-11"], "failures": ["JDK 25: none found"],
       "scans": [%s],
       "series": [%s]}
      """;

  @TempDir Path folder;

  @Test
  void comparesMediansWithTheEmptyAgentAndSaysWhichBarHolds() throws IOException {
    List<String> page =
        page(
            "",
            series("bare", "40, 41, 900", "35", "36"),
            series("empty", "100, 90, 110", "80", "40"),
            series("nothing", "150, 149, 151", "120", "62"),
            series("configured", "219", "130", "44"),
            series("one", "201", "190", "50"),
            series("otel", "2100", "5000", "250"));

    assertThat(page)
        .contains(
            "| start, JDK 17, nothing annotated, to the empty agent | 1.50 × | ≤ 1.60 × | holds |",
            "| … with a configuration file | 2.19 × | ≤ 2.20 × | holds |",
            "| … one annotated class, added, to what OpenTelemetry adds | 0.05 × | ≤ 0.0500 × |"
                + " **missed** |",
            "| … peak memory, nothing annotated, to the empty agent | 1.55 × | ≤ 1.50 × |"
                + " **missed** |",
            "| `tollgate-agent.jar` | 13.00 MB | ≤ 12 MB | **missed** |",
            "| hello | 41 | -59 | 0.41× | 35 | 36 | 0.90× |",
            "| … OpenTelemetry, exporters off | 2100 | +2000 | 21.00× | 5000 | 250 | 6.25× |");
  }

  @Test
  void aClassCostsTheMedianOfTheRunsMeans() throws IOException {
    assertThat(
            page(
                String.join(
                    ",",
                    scan("server", 100, 1.0),
                    scan("server", 100, 9.0),
                    scan("server", 1000, 11.0),
                    scan("large", 5000, 40.0))))
        .contains(
            "| … a class that isn't woven, in a server's start | 11.00 µs | ≤ 10 µs | **missed** |",
            "| … one of 5,000 that aren't | 8.00 µs | ≤ 10 µs | holds |");
  }

  @Test
  void whatWasNotMeasuredIsNamedAndDoesNotHold() throws IOException {
    List<String> page = page("", series("bare", "40", "35", "36"), series("async", "", "", ""));

    assertThat(page)
        .contains(
            "| … one annotated async method | – | ≤ 0.125 × | **not measured** |",
            "| start, JDK 25, nothing annotated, to the empty agent | – | ≤ 1.60 × |"
                + " **not measured** |",
            "| … Tollgate, one annotated async method | – | – | – | – | – | – |",
            "**Not measured: JDK 25: none found**")
        .noneMatch(line -> line.contains("| holds |"))
        .noneMatch(line -> line.startsWith("| JDK 25"));
  }

  @Test
  void standsBesideWhatJmhMeasured() throws IOException {
    Path jmh = folder.resolve("jmh.json");
    Files.writeString(
        jmh,
        """
        [{"benchmark": "dev.tollgate.benchmarks.FloorBenchmark.nanoTime", "threads": 1,
          "primaryMetric": {"rawData": [[20.0]]}, "secondaryMetrics": {}}]
        """);
    Results results = new Results();
    results.read(start("", series("bare", "40", "35", "36")));
    results.read(jmh);

    assertThat(Report.of(results, List.of()))
        .contains("| hello | 40 | – | – | 35 | 36 | – |")
        .anyMatch(line -> line.startsWith("| `System.nanoTime` | 20.0"));
  }

  private List<String> page(String scans, String... series) throws IOException {
    Results results = new Results();
    results.read(start(scans, series));
    return Report.ofStart(results);
  }

  private Path start(String scans, String... series) throws IOException {
    Path json = folder.resolve("start.json");
    return Files.writeString(json, RUN.formatted(scans, String.join(",", series)));
  }

  private static String scan(String program, int classes, double millis) {
    return "{\"program\": \"%s\", \"jdk\": 17, \"classes\": %d, \"millis\": %s}"
        .formatted(program, classes, millis);
  }

  private static String series(String program, String wall, String cpu, String peak) {
    return """
        {"jdk": 17, "program": "%s", "wallMillis": [%s], "cpuMillis": [%s], "peakMiB": [%s]}
        """
        .formatted(program, wall, cpu, peak);
  }
}
