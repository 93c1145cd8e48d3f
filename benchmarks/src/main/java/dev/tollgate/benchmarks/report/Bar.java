package dev.tollgate.benchmarks.report;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One line of what must hold.
 *
 * @param measured a ratio or an amount; empty where the run didn't measure it
 * @param most what it may be at most
 */
record Bar(String what, OptionalDouble measured, double most, String unit) {

  boolean holds() {
    return measured.isPresent() && measured.getAsDouble() <= most;
  }

  String row() {
    String verdict = measured.isEmpty() ? "**not measured**" : holds() ? "holds" : "**missed**";
    String value =
        measured.isEmpty() ? "–" : "%.2f %s".formatted(measured.getAsDouble(), unit).strip();
    return String.format(Locale.ROOT, "| %s | %s | ≤ %s | %s |", what, value, limit(), verdict);
  }

  private String limit() {
    String number = most == Math.rint(most) ? "%.0f".formatted(most) : "%.3g".formatted(most);
    return (number + " " + unit).strip();
  }
}
