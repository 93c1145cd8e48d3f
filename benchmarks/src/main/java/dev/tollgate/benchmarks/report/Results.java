package dev.tollgate.benchmarks.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What JMH wrote, and the runs of whole programs, read back. */
final class Results {
  static final String CONTENDER = "contender";
  static final String BYTES = "gc.alloc.rate.norm";
  private final List<Result> all = new ArrayList<>();
  private Optional<StartFigures> start = Optional.empty();

  /** Reads and adds a file: a list is JMH's, an object that of the starts. */
  void read(Path json) throws IOException {
    JsonElement content = JsonParser.parseString(Files.readString(json));
    if (content.isJsonObject()) {
      start = Optional.of(new StartFigures(content.getAsJsonObject()));
    } else {
      readJmh(content.getAsJsonArray());
    }
  }

  /** Empty where no program was started. */
  Optional<StartFigures> start() {
    return start;
  }

  private void readJmh(JsonArray lines) {
    for (JsonElement line : lines) {
      JsonObject run = line.getAsJsonObject();
      Map<String, String> params = new HashMap<>();
      if (run.has("params")) {
        run.getAsJsonObject("params")
            .entrySet()
            .forEach(param -> params.put(param.getKey(), param.getValue().getAsString()));
      }
      Map<String, Double> secondary = new HashMap<>();
      run.getAsJsonObject("secondaryMetrics")
          .entrySet()
          .forEach(
              metric ->
                  secondary.put(metric.getKey(), median(metric.getValue().getAsJsonObject())));
      String name = run.get("benchmark").getAsString();
      int method = name.lastIndexOf('.');
      all.add(
          new Result(
              name.substring(name.lastIndexOf('.', method - 1) + 1),
              run.get("threads").getAsInt(),
              params,
              median(run.getAsJsonObject("primaryMetric")),
              secondary));
    }
  }

  /** The median in the unit of the benchmark; empty where this was not run. */
  OptionalDouble median(String benchmark, int threads, Map<String, String> params) {
    Result result = find(benchmark, threads, params);
    return result == null ? OptionalDouble.empty() : OptionalDouble.of(result.median());
  }

  OptionalDouble secondary(
      String benchmark, int threads, Map<String, String> params, String metric) {
    Result result = find(benchmark, threads, params);
    return result == null || !result.secondary().containsKey(metric)
        ? OptionalDouble.empty()
        : OptionalDouble.of(result.secondary().get(metric));
  }

  /** The values that {@code param} had, in the order of the run. */
  List<String> values(String benchmark, String param) {
    return all.stream()
        .filter(result -> result.benchmark().equals(benchmark))
        .map(result -> result.params().get(param))
        .distinct()
        .toList();
  }

  private Result find(String benchmark, int threads, Map<String, String> params) {
    return all.stream()
        .filter(
            result ->
                result.benchmark().equals(benchmark)
                    && result.threads() == threads
                    && result.params().entrySet().containsAll(params.entrySet()))
        .findFirst()
        .orElse(null);
  }

  private static double median(JsonObject metric) {
    List<Double> values = new ArrayList<>();
    for (JsonElement fork : metric.getAsJsonArray("rawData")) {
      JsonArray iterations = fork.getAsJsonArray();
      iterations.forEach(value -> values.add(number(value)));
    }
    return Median.of(values);
  }

  /** JMH writes some as text: "NaN". */
  private static double number(JsonElement value) {
    return Double.parseDouble(value.getAsString());
  }
}
