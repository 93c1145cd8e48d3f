package dev.tollgate.benchmarks.report;

import java.util.Map;

/**
 * One line of a run.
 *
 * @param benchmark class and method: {@code GrantedBenchmark.granted}
 * @param median of all iterations, in the benchmark's unit
 * @param secondary medians too, by name; {@code gc.alloc.rate.norm} is bytes an operation
 */
record Result(
    String benchmark,
    int threads,
    Map<String, String> params,
    double median,
    Map<String, Double> secondary) {}
