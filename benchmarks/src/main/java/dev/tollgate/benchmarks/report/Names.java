package dev.tollgate.benchmarks.report;

import java.util.Map;

/** Contenders as people call them. */
final class Names {
  private static final Map<String, String> NAMES =
      Map.of(
          "TOLLGATE", "Tollgate",
          "TOLLGATE_80_A_MINUTE", "Tollgate, 80 a minute",
          "GUAVA", "Guava",
          "RESILIENCE4J", "Resilience4j",
          "RESILIENCE4J_SPRING", "Resilience4j, Spring AOP",
          "BUCKET4J_MILLIS", "Bucket4j, ms clock",
          "BUCKET4J_NANOS", "Bucket4j, ns clock",
          "FAILSAFE_SMOOTH", "Failsafe, smooth",
          "FAILSAFE_BURSTY", "Failsafe, bursty",
          "SENTINEL", "Sentinel");

  private Names() {}

  static String of(String contender) {
    return NAMES.getOrDefault(contender, contender);
  }
}
