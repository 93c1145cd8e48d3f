/** The command line, {@code java -jar tollgate-agent.jar COMMAND}, and the pages that it prints. */
@NullMarked
package dev.tollgate.agent.cli;

import org.jspecify.annotations.NullMarked;
