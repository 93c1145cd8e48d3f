package dev.tollgate.limiter;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * What is said of a refused call, in the same words wherever it was made.
 *
 * @param message for the exception
 * @param retryAfter how long until the call could be granted; of one that was interrupted, until it
 *     would have been
 * @param interrupted whether the thread was interrupted while it waited
 */
public record Refusal(String message, Duration retryAfter, boolean interrupted) {

  /**
   * What is said of one answer.
   *
   * @param limiter the limiter's name
   * @param weight tokens that the call asked for
   * @param outcome the answer to it, as {@link Outcome} has it; not a grant
   */
  public static Refusal of(String limiter, long weight, long outcome) {
    // Joined, not formatted: refusals come in floods, and the first formatter of a JVM is dear.
    if (outcome == Outcome.NEVER) {
      String why = "its weight, " + weight + ", is above the limiter's capacity";
      return new Refusal(
          "Rate limit '" + limiter + "' refused the call: " + why,
          ChronoUnit.FOREVER.getDuration(),
          false);
    }
    Duration retryAfter = Duration.ofNanos(Outcome.retryAfterNanos(outcome));
    if (Outcome.isInterrupted(outcome)) {
      return new Refusal(
          "Interrupted while waiting for rate limit '" + limiter + "'", retryAfter, true);
    }
    String when = "retry after " + Durations.print(retryAfter);
    return new Refusal("Rate limit '" + limiter + "' refused the call: " + when, retryAfter, false);
  }
}
