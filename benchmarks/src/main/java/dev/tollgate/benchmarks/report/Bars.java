package dev.tollgate.benchmarks.report;

import static dev.tollgate.benchmarks.report.Results.BYTES;
import static dev.tollgate.benchmarks.report.Results.CONTENDER;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What must hold, as ratios within one run. */
final class Bars {
  static final String GRANTED = "GrantedBenchmark.granted";
  static final String REFUSED = "RefusedBenchmark.refused";
  static final String ABOVE_RATE = "DemandAboveRateBenchmark.aboveRate";
  static final String OVERSHOOT = "OvershootBenchmark.wait";
  static final String KEYS = "KeyMemoryBenchmark.fill";
  static final String WOVEN = "WovenCallBenchmark.woven";
  static final String BUCKET = "WovenCallBenchmark.bucket";
  static final String NANO_TIME = "FloorBenchmark.nanoTime";
  static final String HEALTH_READY = "HealthReadBenchmark.ready";
  static final String HEALTH_LIVE = "HealthReadBenchmark.live";
  static final String HEALTH_CHECKS = "HealthReadBenchmark.checksOverJmx";
  static final String HEALTH_MINUTE = "HealthBackgroundBenchmark.minute";
  static final List<String> RAW_PEERS =
      List.of(
          "GUAVA",
          "RESILIENCE4J",
          "BUCKET4J_MILLIS",
          "BUCKET4J_NANOS",
          "FAILSAFE_SMOOTH",
          "FAILSAFE_BURSTY",
          "SENTINEL");
  private static final double MICROS_IN_A_MINUTE = 60e6;
  private static final String OURS = "TOLLGATE";
  private static final String OURS_SLOW = "TOLLGATE_80_A_MINUTE";
  private final Results results;

  private Bars(Results results) {
    this.results = results;
  }

  static List<Bar> of(Results results) {
    return new Bars(results).all();
  }

  private List<Bar> all() {
    OptionalDouble woven = results.median(WOVEN, 1, Map.of());
    OptionalDouble nanoTime = results.median(NANO_TIME, 1, Map.of());
    List<Bar> bars = new ArrayList<>();
    bars.add(ratio("granted, woven, 1 thread, to `nanoTime`", woven, nanoTime, 0.55));
    bars.add(ratio("… to the fastest raw peer", woven, fastest(GRANTED, 1, Map.of()), 1 / 3.0));
    bars.add(
        ratio(
            "… to Resilience4j through Spring AOP",
            woven,
            median(GRANTED, 1, "RESILIENCE4J_SPRING"),
            1 / 60.0));
    bars.add(
        new Bar(
            "… more than its bucket",
            difference(woven, results.median(BUCKET, 1, Map.of())),
            2,
            "ns"));
    OptionalDouble two = median(GRANTED, 2, OURS);
    bars.add(ratio("granted, 2 threads, to 1 thread", two, median(GRANTED, 1, OURS), 1.3));
    bars.add(ratio("… to the fastest peer", two, fastest(GRANTED, 2, Map.of()), 0.1));
    OptionalDouble refused = median(REFUSED, 1, OURS);
    bars.add(ratio("refused, 1 thread, to `nanoTime`", refused, nanoTime, 1.8));
    bars.add(ratio("… to the fastest peer", refused, fastest(REFUSED, 1, Map.of()), 1));
    bars.add(
        ratio(
            "refused, 2 threads, to the fastest peer",
            median(REFUSED, 2, OURS),
            fastest(REFUSED, 2, Map.of()),
            1));
    bars.add(new Bar("allocated, granted", bytes(GRANTED), 0, "B"));
    bars.add(new Bar("allocated, refused", bytes(REFUSED), 0, "B"));
    bars.add(
        ratio(
            "80 a minute, granted, 2 threads, to the fastest peer",
            median(GRANTED, 2, OURS_SLOW),
            fastest(GRANTED, 2, Map.of()),
            1));
    bars.add(
        ratio(
            "80 a minute, refused, 2 threads, to the fastest peer",
            median(REFUSED, 2, OURS_SLOW),
            fastest(REFUSED, 2, Map.of()),
            1));
    for (String rate : results.values(ABOVE_RATE, "rate")) {
      bars.add(
          ratio(
              "demand above " + rate + " a second, 2 threads, to the fastest peer",
              results.median(ABOVE_RATE, 2, Map.of(CONTENDER, OURS, "rate", rate)),
              fastest(ABOVE_RATE, 2, Map.of("rate", rate)),
              1));
    }
    bars.add(
        new Bar(
            "a key of a million, with the cache and without the key itself",
            results.secondary(KEYS, 1, Map.of(CONTENDER, OURS), "bytesPerKey"),
            160,
            "B"));
    for (String peer : List.of("GUAVA", "RESILIENCE4J")) {
      bars.add(
          ratio("a waiter's overshoot, median, to " + peer, overshoot(OURS), overshoot(peer), 1));
    }
    bars.addAll(new Forms(results).bars());
    addHealth(bars);
    results.start().ifPresent(start -> bars.addAll(StartBars.of(start)));
    return bars;
  }

  private void addHealth(List<Bar> bars) {
    for (String read : List.of(HEALTH_READY, HEALTH_LIVE)) {
      String what = "health, " + read.substring(read.indexOf('.') + 1);
      bars.add(new Bar(what, results.median(read, 1, Map.of()), 20, "ns"));
      bars.add(new Bar("… allocated", noise(results.secondary(read, 1, Map.of(), BYTES)), 0, "B"));
    }
    bars.add(
        new Bar(
            "health, all checks over JMX",
            scaled(results.median(HEALTH_CHECKS, 1, Map.of()), 1e-3),
            50,
            "µs"));
    bars.add(
        new Bar(
            "health, background work of the default checks, of one core",
            scaled(
                results.secondary(HEALTH_MINUTE, 1, Map.of(), "cpuMicros"),
                100 / MICROS_IN_A_MINUTE),
            0.1,
            "%"));
    bars.add(
        new Bar(
            "health, first report after the JVM's start",
            results.secondary(HEALTH_MINUTE, 1, Map.of(), "firstReportMillis"),
            1_000,
            "ms"));
  }

  private OptionalDouble overshoot(String contender) {
    return results.secondary(OVERSHOOT, 1, Map.of(CONTENDER, contender), "medianNanos");
  }

  private OptionalDouble bytes(String benchmark) {
    return noise(results.secondary(benchmark, 1, Map.of(CONTENDER, OURS), BYTES));
  }

  /** JMH's own few bytes a second show as less than a thousandth of one an operation. */
  private static OptionalDouble noise(OptionalDouble bytes) {
    return bytes.isPresent() && bytes.getAsDouble() < 0.01 ? OptionalDouble.of(0) : bytes;
  }

  private static OptionalDouble scaled(OptionalDouble value, double by) {
    return value.isPresent() ? OptionalDouble.of(value.getAsDouble() * by) : value;
  }

  private OptionalDouble median(String benchmark, int threads, String contender) {
    return results.median(benchmark, threads, Map.of(CONTENDER, contender));
  }

  private OptionalDouble fastest(String benchmark, int threads, Map<String, String> params) {
    return RAW_PEERS.stream()
        .map(
            peer -> {
              Map<String, String> all = new HashMap<>(params);
              all.put(CONTENDER, peer);
              return results.median(benchmark, threads, all);
            })
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .min();
  }

  private static Bar ratio(String what, OptionalDouble ours, OptionalDouble other, double most) {
    OptionalDouble ratio =
        ours.isPresent() && other.isPresent()
            ? OptionalDouble.of(ours.getAsDouble() / other.getAsDouble())
            : OptionalDouble.empty();
    return new Bar(what, ratio, most, "×");
  }

  private static OptionalDouble difference(OptionalDouble a, OptionalDouble b) {
    return a.isPresent() && b.isPresent()
        ? OptionalDouble.of(a.getAsDouble() - b.getAsDouble())
        : OptionalDouble.empty();
  }
}
