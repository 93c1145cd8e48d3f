package dev.tollgate.benchmarks.start;

import java.util.ArrayList;
import java.util.List;

/** What the runs of one program on one JDK gave, one figure a run. */
final class Series {
  final int jdk;
  final String program;
  final List<Double> wallMillis = new ArrayList<>();
  final List<Double> cpuMillis = new ArrayList<>();
  final List<Double> peakMiB = new ArrayList<>();

  Series(int jdk, String program) {
    this.jdk = jdk;
    this.program = program;
  }

  void add(Cost cost) {
    wallMillis.add(cost.wallMillis());
    cpuMillis.add(cost.cpuMillis());
  }
}
