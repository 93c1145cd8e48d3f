package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.jvm.LimiterReading;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How fast the counters of limiters grow: between two readings, over the time that really passed.
 */
final class Rates {
  private static final double NANOS_PER_SECOND = 1e9;

  private Rates() {}

  /**
   * By the limiters' names; one that was in the first reading only or in the second only is not.
   */
  static Map<String, Rate> between(List<LimiterReading> first, List<LimiterReading> second) {
    Map<String, LimiterReading> before = new TreeMap<>();
    for (LimiterReading limiter : first) {
      before.put(limiter.name(), limiter);
    }
    Map<String, Rate> rates = new TreeMap<>();
    for (LimiterReading now : second) {
      LimiterReading then = before.get(now.name());
      if (then != null && now.readNanos() - then.readNanos() > 0) {
        rates.put(now.name(), rate(then, now));
      }
    }
    return rates;
  }

  private static Rate rate(LimiterReading then, LimiterReading now) {
    double seconds = (now.readNanos() - then.readNanos()) / NANOS_PER_SECOND;
    return new Rate(
        (now.totalRequests() - then.totalRequests()) / seconds,
        (now.admittedRequests() - then.admittedRequests()) / seconds,
        (now.rejectedRequests() - then.rejectedRequests()) / seconds);
  }

  /** Calls a second. */
  record Rate(double requests, double admitted, double rejected) {}
}
