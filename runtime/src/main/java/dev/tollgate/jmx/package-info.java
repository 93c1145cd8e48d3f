/** What JConsole and scripts see of the limiters and the agent. */
@NullMarked
package dev.tollgate.jmx;

import org.jspecify.annotations.NullMarked;
