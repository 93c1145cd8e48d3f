package dev.tollgate.limiter;

/**
 * The answer to one request to several sources, all of it from one look at all of them.
 *
 * @param outcome as {@link Outcome} has it
 * @param refusing the index of the source that refuses: the one with the longest wait, of equals
 *     the first; 0 if the request was granted
 * @param weight tokens that the request asked of the refusing source's bucket, by whatever sources
 *     share it; 0 if the request was granted
 */
public record JointOutcome(long outcome, int refusing, long weight) {
  /** Granted without a wait. */
  public static final JointOutcome AT_ONCE = new JointOutcome(0, 0, 0);

  /** Granted after so many nanoseconds, 0 or more. */
  public static JointOutcome granted(long waitedNanos) {
    return waitedNanos == 0 ? AT_ONCE : new JointOutcome(waitedNanos, 0, 0);
  }

  /** The answer of a single source to a request for {@code weight} tokens. */
  public static JointOutcome ofOne(long outcome, long weight) {
    return Outcome.granted(outcome) ? granted(outcome) : new JointOutcome(outcome, 0, weight);
  }

  /** Of the same look, for a thread that was interrupted while it waited. */
  JointOutcome interrupted() {
    return new JointOutcome(
        Outcome.interrupted(Outcome.retryAfterNanos(outcome)), refusing, weight);
  }

  /** Whether the tokens were granted. */
  public boolean isGranted() {
    return Outcome.granted(outcome);
  }
}
