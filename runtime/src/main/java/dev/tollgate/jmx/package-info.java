/** What JConsole and scripts see of the limiters, of health and of the agent. */
@NullMarked
package dev.tollgate.jmx;

import org.jspecify.annotations.NullMarked;
