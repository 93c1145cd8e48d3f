/** Starts whole programs, again and again, and measures what an agent adds to each. */
package dev.tollgate.benchmarks.start;
