package dev.tollgate;

import java.io.Serial;

/** A call asked for a limiter that nobody has defined. The message lists the names that exist. */
public class UnknownLimiterException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Made by Tollgate; the agent calls it in whichever version the program carries, so its shape
   * stays.
   *
   * @param message the name that was asked for, and those that exist
   */
  public UnknownLimiterException(String message) {
    super(message);
  }
}
