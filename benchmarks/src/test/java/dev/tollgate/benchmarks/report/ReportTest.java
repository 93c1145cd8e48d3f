package dev.tollgate.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page says what the run said: no more, and nothing better. */
class ReportTest {
  private static final String RUN =
      """
      {"benchmark": "dev.tollgate.benchmarks.%s", "threads": %d, %s
       "primaryMetric": {"score": 1, "rawData": [%s]},
       "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": [[%s]]}}}
      """;

  @TempDir Path folder;

  @Test
  void countsTheMedianOfAllForksAndSaysWhichBarHolds() throws IOException {
    List<String> page =
        page(
            run("FloorBenchmark.nanoTime", 1, "", "[20.0, 90.0], [20.0]", "0"),
            run("WovenCallBenchmark.woven", 1, "", "[5.0]", "0"),
            run("WovenCallBenchmark.bucket", 1, "", "[8.0]", "0"),
            run("GrantedBenchmark.granted", 1, "TOLLGATE", "[6.0]", "1E-6"),
            run("GrantedBenchmark.granted", 1, "GUAVA", "[30.0]", "0"),
            run("GrantedBenchmark.granted", 1, "SENTINEL", "[\"10.0\"]", "608.2"));

    assertThat(page)
        .contains(
            "| granted, woven, 1 thread, to `nanoTime` | 0.25 × | ≤ 0.550 × | holds |",
            "| … to the fastest raw peer | 0.50 × | ≤ 0.333 × | **missed** |",
            "| … more than its bucket | -3.00 ns | ≤ 2 ns | holds |",
            "| allocated, granted | 0.00 B | ≤ 0 B | holds |",
            "Missed: 1; [README.md](README.md#what-falls-short) says why.",
            "| Guava | 30.0 (1.50×, 5.00×) | – | – | – | 0 | – |",
            "| Sentinel | 10.0 (0.50×, 1.67×) | – | – | – | 608 | – |");
  }

  @Test
  void whatWasNotMeasuredDoesNotHold() throws IOException {
    List<String> page = page(run("FloorBenchmark.nanoTime", 1, "", "[20.0]", "0"));

    assertThat(page)
        .contains("| granted, woven, 1 thread, to `nanoTime` | – | ≤ 0.550 × | **not measured** |")
        .noneMatch(line -> line.contains("| holds |"))
        .noneMatch(line -> line.startsWith("Missed: "));
  }

  @Test
  void aByteIsNotNone() throws IOException {
    assertThat(page(run("RefusedBenchmark.refused", 1, "TOLLGATE", "[6.0]", "1.0")))
        .contains("| allocated, refused | 1.00 B | ≤ 0 B | **missed** |");
  }

  private List<String> page(String... runs) throws IOException {
    Path json = folder.resolve("results.json");
    Files.writeString(json, "[" + String.join(",", runs) + "]");
    Results results = new Results();
    results.read(json);
    return Report.of(results, List.of("* a head"));
  }

  private static String run(
      String benchmark, int threads, String contender, String raw, String bytes) {
    String params =
        contender.isEmpty() ? "" : "\"params\": {\"contender\": \"" + contender + "\"},";
    return RUN.formatted(benchmark, threads, params, raw, bytes);
  }
}
