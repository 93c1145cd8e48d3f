package dev.tollgate.benchmarks.report;

import dev.tollgate.benchmarks.start.StartRun;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Without arguments: runs everything and writes {@code benchmarks/RESULTS.md}. {@code quick FOLDER}
 * does so with hardly any time for each, into another folder, to see that all of it works. {@code
 * start} measures what starting programs costs, and nothing else, and prints it; {@code start
 * quick} does so once for each. {@code report FOLDER FILE…} writes the page anew from the JSON of
 * both. Anything else is for JMH itself.
 */
public final class Main {
  private static final Path AGENT = Path.of("agent/target/tollgate-agent.jar");
  private static final Path TARGET = Path.of("benchmarks/target");
  private static final Path START = TARGET.resolve("results-start.json");
  private static final String COMMAND = "java -jar benchmarks/target/benchmarks.jar";

  private Main() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      run(Path.of("benchmarks"), Effort.FULL);
    } else if (args[0].equals("quick") && args.length == 2) {
      run(Path.of(args[1]), Effort.QUICK);
    } else if (args[0].equals("start") && args.length == 1) {
      start(Effort.FULL);
    } else if (args[0].equals("start") && args.length == 2 && args[1].equals("quick")) {
      start(Effort.QUICK);
    } else if (args[0].equals("report") && args.length > 2) {
      List<Path> files = new ArrayList<>();
      for (int i = 2; i < args.length; i++) {
        files.add(Path.of(args[i]));
      }
      write(Path.of(args[1]), files, List.of("Of an earlier run."));
    } else {
      org.openjdk.jmh.Main.main(args);
    }
  }

  private static void run(Path folder, Effort effort) throws Exception {
    requireAgent();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    Path one = TARGET.resolve("results-1-thread.json");
    Path two = TARGET.resolve("results-2-threads.json");
    StartRun.run(START, TARGET, AGENT, effort.starts);
    new Runner(options(effort, 1, one).include(".*").exclude("AboveRate").build()).run();
    new Runner(
            options(effort, 2, two)
                .include("Granted|Refused|AboveRate|Floor|WovenCallBenchmark.woven")
                .build())
        .run();
    Machine machine = Machine.here();
    write(
        folder,
        List.of(START, one, two),
        List.of(
            "* %s%s".formatted(LocalDate.now(ZoneOffset.UTC), effort.remark),
            "* %s, %d processors, %s"
                .formatted(machine.processor(), machine.processors(), machine.system()),
            "* %s".formatted(machine.java()),
            String.format(Locale.ROOT, "* load average before the run: %.2f", load),
            "* peers: " + String.join(", ", Peers.versions()),
            "* `" + COMMAND + "`: " + effort));
  }

  private static void start(Effort effort) throws Exception {
    requireAgent();
    StartRun.run(START, TARGET, AGENT, effort.starts);
    Results results = new Results();
    results.read(START);
    Report.ofStart(results).forEach(System.out::println);
  }

  private static void requireAgent() {
    if (!Files.exists(AGENT)) {
      System.err.println(
          "no " + AGENT + ": start this from the project's root, after mvn -DskipTests package");
      System.exit(1);
    }
  }

  private static ChainedOptionsBuilder options(Effort effort, int threads, Path json) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .threads(threads)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(false)
            .resultFormat(ResultFormatType.JSON)
            .result(json.toString())
            .forks(effort.forks);
    // The classes that measure in shots say how many themselves.
    return options
        .warmupTime(TimeValue.milliseconds(effort.millis))
        .measurementTime(TimeValue.milliseconds(effort.millis));
  }

  private static void write(Path folder, List<Path> json, List<String> head) throws IOException {
    Results results = new Results();
    for (Path file : json) {
      results.read(file);
    }
    Files.createDirectories(folder);
    Files.write(folder.resolve("RESULTS.md"), Report.of(results, head));
    Chart.write(results, folder.resolve("results.svg"));
    System.out.println("written: " + folder.resolve("RESULTS.md"));
  }

  private enum Effort {
    FULL(2, 300, 20, ""),
    QUICK(1, 20, 1, ", **QUICK: only to see that it runs; the numbers mean nothing**");

    final int forks;
    final int millis;
    final int starts;
    final String remark;

    Effort(int forks, int millis, int starts, String remark) {
      this.forks = forks;
      this.millis = millis;
      this.starts = starts;
      this.remark = remark;
    }

    @Override
    public String toString() {
      return forks + " forks, 5 + 5 iterations of " + millis + " ms, medians";
    }
  }
}
