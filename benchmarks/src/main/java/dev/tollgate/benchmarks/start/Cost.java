package dev.tollgate.benchmarks.start;

/**
 * Of one process, from its start until it has ended.
 *
 * @param cpuMillis user and system time of all its threads
 */
record Cost(double wallMillis, double cpuMillis) {}
