package dev.tollgate.agent.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Standard output can't be written to any more. */
final class OutputLostException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  /** What shells say of a program that SIGPIPE has ended: 128 and the signal's number. */
  private static final int BROKEN_PIPE = 141;

  private final boolean readerHasGone;
  private final String reason;

  /**
   * @param wasPipe whether the output was one
   */
  OutputLostException(IOException cause, boolean wasPipe) {
    super(cause);
    reason = String.valueOf(cause.getMessage());
    readerHasGone = wasPipe || reason.contains("Broken pipe");
  }

  /**
   * The exit status. A reader that has gone, such as {@code head}, is no fault and ends the command
   * without a word, as it ends other programs; any other fault is told.
   */
  int exit(PrintWriter err) {
    if (readerHasGone) {
      return BROKEN_PIPE;
    }
    err.println("the standard output can't be written to: " + PlainText.line(reason));
    return TargetCommand.NO_ANSWER;
  }
}
