package dev.tollgate.agent.cli.jvm;

import org.jspecify.annotations.Nullable;

/** Another JVM could not be asked. The message is one line for people: why, and what would help. */
public final class NoAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  /** For a reason that needs no cause. */
  public NoAnswerException(String message) {
    super(message);
  }

  NoAnswerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Never null. */
  @Override
  public String getMessage() {
    // What the JDK's own exceptions say may be of several lines.
    return String.valueOf(super.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
