package dev.tollgate.benchmarks.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What the runs of whole programs found out, as medians. */
final class StartFigures {
  static final String WALL = "wallMillis";
  static final String CPU = "cpuMillis";
  static final String PEAK = "peakMiB";

  private final JsonObject run;

  StartFigures(JsonObject run) {
    this.run = run;
  }

  int rounds() {
    return run.get("rounds").getAsInt();
  }

  double load() {
    return run.get("load").getAsDouble();
  }

  double agentMB() {
    return run.get("agentMB").getAsDouble();
  }

  List<String> texts(String list) {
    List<String> texts = new ArrayList<>();
    run.getAsJsonArray(list).forEach(text -> texts.add(text.getAsString()));
    return texts;
  }

  /** The median of a figure; empty where it wasn't measured. */
  OptionalDouble median(int jdk, String program, String figure) {
    for (JsonElement element : run.getAsJsonArray("series")) {
      JsonObject series = element.getAsJsonObject();
      if (series.get("jdk").getAsInt() == jdk
          && series.get("program").getAsString().equals(program)) {
        List<Double> values = new ArrayList<>();
        series.getAsJsonArray(figure).forEach(value -> values.add(value.getAsDouble()));
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Median.of(values));
      }
    }
    return OptionalDouble.empty();
  }

  /** Of the classes that were looked at in one run, the mean; of those, the median. */
  OptionalDouble microsPerClass(int jdk, String program) {
    List<Double> means = new ArrayList<>();
    for (JsonElement element : run.getAsJsonArray("scans")) {
      JsonObject scan = element.getAsJsonObject();
      if (scan.get("jdk").getAsInt() == jdk && scan.get("program").getAsString().equals(program)) {
        means.add(scan.get("millis").getAsDouble() * 1_000 / scan.get("classes").getAsInt());
      }
    }
    return means.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Median.of(means));
  }
}
