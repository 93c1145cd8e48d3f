/** The configuration file, looked at while the program runs. */
@NullMarked
package dev.tollgate.agent.reload;

import org.jspecify.annotations.NullMarked;
