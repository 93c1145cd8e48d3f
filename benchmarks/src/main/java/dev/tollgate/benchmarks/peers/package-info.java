/** Limiters of others, and ours beside them, each used as its own documentation says. */
package dev.tollgate.benchmarks.peers;
