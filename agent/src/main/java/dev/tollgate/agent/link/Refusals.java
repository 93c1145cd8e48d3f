package dev.tollgate.agent.link;

import dev.tollgate.limiter.Refusal;
import java.util.concurrent.RejectedExecutionException;

/** Refused calls as exceptions that the woven class's program can catch. */
final class Refusals {
  private Refusals() {}

  /** Of a refusal that {@code caller} meets; its stack begins at the woven method. */
  static RuntimeException of(Class<?> caller, String limiter, long weight, long outcome) {
    Refusal refusal = Refusal.of(limiter, weight, outcome);
    Throwable cause = refusal.interrupted() ? new InterruptedException() : null;
    RuntimeException exception =
        ProgramExceptions.of(caller)
            .make(
                ProgramExceptions.EXCEEDED,
                refusal.message(),
                limiter,
                refusal.retryAfter(),
                cause);
    if (exception == null) {
      exception = new RejectedExecutionException(refusal.message(), cause);
    }
    StackTraces.trim(exception, caller);
    if (cause != null) {
      StackTraces.trim(cause, caller);
    }
    return exception;
  }

  /** Of a call to a limiter that nobody has defined. */
  static RuntimeException unknown(Class<?> caller, String message) {
    RuntimeException exception =
        ProgramExceptions.of(caller).make(ProgramExceptions.UNKNOWN, message);
    if (exception == null) {
      exception = new IllegalArgumentException(message);
    }
    StackTraces.trim(exception, caller);
    return exception;
  }

  /** Of a call whose argument can't be a weight. */
  static RuntimeException ofWeight(SiteRequest site, String is) {
    RuntimeException exception =
        new IllegalArgumentException("the weight of a call to " + site.where() + " is " + is);
    StackTraces.trim(exception, site.caller());
    return exception;
  }
}
