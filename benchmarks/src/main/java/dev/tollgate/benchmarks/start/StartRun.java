package dev.tollgate.benchmarks.start;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures on each JDK that is there, and writes JSON. */
public final class StartRun {
  private StartRun() {}

  /**
   * Runs every program.
   *
   * @param json what to write
   * @param target the benchmarks' folder of built things
   * @param rounds how often each program is started
   */
  public static void run(Path json, Path target, Path tollgate, int rounds)
      throws IOException, InterruptedException, URISyntaxException {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    Figures figures = new Figures(rounds, load, Files.size(tollgate) / 1e6);
    if (Child.isPossible()) {
      measure(figures, new Programs(target.resolve("start"), target, tollgate));
    } else {
      figures.failures.add("all of it: no /bin/bash, or no /proc");
    }
    Files.writeString(json, new GsonBuilder().setPrettyPrinting().create().toJson(figures));
  }

  private static void measure(Figures figures, Programs programs)
      throws IOException, InterruptedException {
    List<Jdk> jdks = Jdks.found();
    Child child = new Child(programs.folder());
    for (Jdk jdk : jdks) {
      figures.versions.add("JDK " + jdk.version());
      new Rounds(jdk, child, figures).run(programs);
    }
    for (int wanted : Jdks.WANTED) {
      if (jdks.stream().noneMatch(jdk -> jdk.feature() == wanted)) {
        figures.failures.add("JDK " + wanted + ": none found");
      }
    }
    figures.versions.addAll(programs.versions());
  }
}
