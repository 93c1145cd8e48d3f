/** Runs all benchmarks and writes what came out. */
package dev.tollgate.benchmarks.report;
