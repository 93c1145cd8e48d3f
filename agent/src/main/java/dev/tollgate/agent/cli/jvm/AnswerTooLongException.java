package dev.tollgate.agent.cli.jvm;

import java.io.IOException;

/** A process sent more than any answer takes. */
final class AnswerTooLongException extends IOException {
  private static final long serialVersionUID = 1L;

  AnswerTooLongException(String message) {
    super(message);
  }
}
