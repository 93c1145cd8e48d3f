/** JMH benchmarks of the hot path. */
package dev.tollgate.benchmarks;
