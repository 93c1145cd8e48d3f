package dev.tollgate.benchmarks.report;

import static dev.tollgate.benchmarks.report.StartFigures.PEAK;
import static dev.tollgate.benchmarks.report.StartFigures.WALL;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What must hold of a program's start. */
final class StartBars {
  static final int[] JDKS = {17, 25};

  private StartBars() {}

  static List<Bar> of(StartFigures figures) {
    List<Bar> bars = new ArrayList<>();
    for (int jdk : JDKS) {
      String start = "start, JDK " + jdk + ", ";
      bars.add(
          new Bar(
              start + "nothing annotated, to the empty agent",
              ratio(figures, jdk, "nothing", WALL),
              1.6,
              "×"));
      bars.add(
          new Bar(
              "… with a configuration file", ratio(figures, jdk, "configured", WALL), 2.2, "×"));
      bars.add(
          new Bar(
              "… one annotated class, added, to what OpenTelemetry adds",
              added(figures, jdk, "one"),
              1 / 20.0,
              "×"));
      bars.add(new Bar("… one annotated async method", added(figures, jdk, "async"), 1 / 8.0, "×"));
      bars.add(
          new Bar(
              "… peak memory, nothing annotated, to the empty agent",
              ratio(figures, jdk, "nothing", PEAK),
              1.5,
              "×"));
      bars.add(
          new Bar(
              "… a class that isn't woven, in a server's start",
              figures.microsPerClass(jdk, "server"),
              10,
              "µs"));
      bars.add(
          new Bar("… one of 5,000 that aren't", figures.microsPerClass(jdk, "large"), 10, "µs"));
    }
    bars.add(new Bar("`tollgate-agent.jar`", OptionalDouble.of(figures.agentMB()), 12, "MB"));
    return bars;
  }

  private static OptionalDouble ratio(
      StartFigures figures, int jdk, String program, String figure) {
    OptionalDouble value = figures.median(jdk, program, figure);
    OptionalDouble empty = figures.median(jdk, "empty", figure);
    return value.isPresent() && empty.isPresent()
        ? OptionalDouble.of(value.getAsDouble() / empty.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Over the empty agent. */
  private static OptionalDouble added(StartFigures figures, int jdk, String program) {
    OptionalDouble value = figures.median(jdk, program, WALL);
    OptionalDouble empty = figures.median(jdk, "empty", WALL);
    OptionalDouble other = figures.median(jdk, "otel", WALL);
    return value.isPresent() && empty.isPresent() && other.isPresent()
        ? OptionalDouble.of(
            (value.getAsDouble() - empty.getAsDouble())
                / (other.getAsDouble() - empty.getAsDouble()))
        : OptionalDouble.empty();
  }
}
