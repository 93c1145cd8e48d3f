package dev.tollgate.benchmarks.report;

import static dev.tollgate.benchmarks.report.Results.BYTES;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What each form of a limit costs. */
final class Forms {
  private static final String CLASS = "FormsBenchmark.";
  private static final Map<String, String> ROWS = new LinkedHashMap<>();

  static {
    ROWS.put("asyncGranted", "a method that returns a future");
    ROWS.put("asyncUnlimited", "… without a limit");
    ROWS.put("weighted", "a weight that is an argument");
    ROWS.put("keyedHit", "a key of a thousand");
    ROWS.put("caffeineGet", "… a get of the same keys from a Caffeine cache");
    ROWS.put("caffeineGetExpiring", "… of one that forgets each key at a moment of its own");
    ROWS.put("keyedMiss", "a key that was never seen");
    ROWS.put("twoLimits", "two limits");
    ROWS.put("pausedRefusal", "refused by a limiter that is paused, in the program");
  }

  private final Results results;

  Forms(Results results) {
    this.results = results;
  }

  /** What must hold of them. */
  List<Bar> bars() {
    return List.of(
        new Bar(
            "a future, granted, more than without a limit",
            difference(time("asyncGranted"), time("asyncUnlimited")),
            60,
            "ns"),
        new Bar("… allocated", difference(bytes("asyncGranted"), bytes("asyncUnlimited")), 48, "B"),
        new Bar("a key, granted, to a Caffeine get and two `nanoTime`", keyedToItsBar(), 1, "×"));
  }

  /** The rows of a table of times and bytes; empty where none was run. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (Map.Entry<String, String> row : ROWS.entrySet()) {
      OptionalDouble time = time(row.getKey());
      if (time.isPresent()) {
        rows.add(
            String.format(
                Locale.ROOT,
                "| %s | %.1f | %.0f |",
                row.getValue(),
                time.getAsDouble(),
                bytes(row.getKey()).orElse(Double.NaN)));
      }
    }
    return rows;
  }

  private OptionalDouble keyedToItsBar() {
    OptionalDouble keyed = time("keyedHit");
    OptionalDouble get = time("caffeineGet");
    OptionalDouble nanoTime = results.median(Bars.NANO_TIME, 1, Map.of());
    return keyed.isPresent() && get.isPresent() && nanoTime.isPresent()
        ? OptionalDouble.of(keyed.getAsDouble() / (get.getAsDouble() + 2 * nanoTime.getAsDouble()))
        : OptionalDouble.empty();
  }

  private OptionalDouble time(String benchmark) {
    return results.median(CLASS + benchmark, 1, Map.of());
  }

  private OptionalDouble bytes(String benchmark) {
    return results.secondary(CLASS + benchmark, 1, Map.of(), BYTES);
  }

  private static OptionalDouble difference(OptionalDouble a, OptionalDouble b) {
    return a.isPresent() && b.isPresent()
        ? OptionalDouble.of(a.getAsDouble() - b.getAsDouble())
        : OptionalDouble.empty();
  }
}
