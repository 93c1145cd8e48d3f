/** The programs that are started, and the agents that are compared with. In jars of their own. */
package dev.tollgate.benchmarks.start.program;
