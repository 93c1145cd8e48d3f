package dev.tollgate.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** The middle one, or the mean of the two. */
final class Median {
  private Median() {}

  static double of(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    sorted.sort(null);
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
