/** The command line: {@code java -jar tollgate-agent.jar COMMAND}. */
@NullMarked
package dev.tollgate.agent.cli;

import org.jspecify.annotations.NullMarked;
