package dev.tollgate.benchmarks.start;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The programs one after another, round after round, so that whatever else the machine does falls
 * on all of them alike.
 */
final class Rounds {
  /** Memory varies little. */
  private static final int MOST_OF_MEMORY = 5;

  private final Jdk jdk;
  private final Child child;
  private final Figures figures;

  Rounds(Jdk jdk, Child child, Figures figures) {
    this.jdk = jdk;
    this.child = child;
    this.figures = figures;
  }

  void run(Programs programs) throws InterruptedException {
    Map<Program, Series> running = new LinkedHashMap<>();
    for (Program program : programs.all()) {
      running.put(program, new Series(jdk.feature(), program.id()));
    }
    figures.series.addAll(running.values());
    for (int round = 0; round < figures.rounds; round++) {
      System.out.printf(
          "start-up, JDK %d, round %d of %d%n", jdk.feature(), round + 1, figures.rounds);
      Iterator<Map.Entry<Program, Series>> next = running.entrySet().iterator();
      while (next.hasNext()) {
        Map.Entry<Program, Series> one = next.next();
        try {
          measure(one.getKey(), one.getValue(), round);
        } catch (IOException e) {
          fail(one.getKey(), e);
          next.remove();
        }
      }
      for (Program program : programs.scans()) {
        scan(program, round);
      }
    }
  }

  private void measure(Program program, Series series, int round)
      throws IOException, InterruptedException {
    series.add(child.time(program.command(jdk.java())));
    if (round < MOST_OF_MEMORY) {
      series.peakMiB.add(child.peakMiB(program.command(jdk.java(), "stay")));
    }
  }

  private void scan(Program program, int round) throws InterruptedException {
    if (round < MOST_OF_MEMORY) {
      try {
        String line = child.line(program.command(jdk.java(), program.id()));
        figures.scans.add(Scan.of(program.id(), jdk.feature(), line));
      } catch (IOException e) {
        fail(program, e);
      }
    }
  }

  private void fail(Program program, IOException why) {
    System.err.println(why.getMessage());
    figures.failures.add("JDK " + jdk.feature() + ", " + program.id());
  }
}
