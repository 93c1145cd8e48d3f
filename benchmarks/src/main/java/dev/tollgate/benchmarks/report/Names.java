package dev.tollgate.benchmarks.report;

import java.util.Map;

/** Contenders as people call them. */
final class Names {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("TOLLGATE", "Tollgate"),
          Map.entry("TOLLGATE_80_A_MINUTE", "Tollgate, 80 a minute"),
          Map.entry("GUAVA", "Guava"),
          Map.entry("RESILIENCE4J", "Resilience4j"),
          Map.entry("RESILIENCE4J_SPRING", "Resilience4j, Spring AOP"),
          Map.entry("BUCKET4J_MILLIS", "Bucket4j, ms clock"),
          Map.entry("BUCKET4J_NANOS", "Bucket4j, ns clock"),
          Map.entry("FAILSAFE_SMOOTH", "Failsafe, smooth"),
          Map.entry("FAILSAFE_BURSTY", "Failsafe, bursty"),
          Map.entry("SENTINEL", "Sentinel"),
          Map.entry(
              "CAFFEINE_ALONE", "no limiter: a Caffeine cache with a moment to go for each key"));

  private Names() {}

  static String of(String contender) {
    return NAMES.getOrDefault(contender, contender);
  }
}
