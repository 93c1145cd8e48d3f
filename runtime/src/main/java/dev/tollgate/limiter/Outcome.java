package dev.tollgate.limiter;

/**
 * The answer to a request for tokens as one {@code long}, so that it costs no allocation and
 * crosses class loaders: nanoseconds waited (0 or more) if they were granted; {@code ~nanoseconds}
 * until the same request could be granted if it was refused, or {@link #NEVER}; {@link
 * #INTERRUPTED} plus the nanoseconds after which they would have been granted.
 */
public final class Outcome {
  /** The weight is above the limiter's capacity. */
  public static final long NEVER = Long.MIN_VALUE;

  /**
   * The thread was interrupted before its tokens were there; the interrupt flag is set, the tokens
   * are given back. They would have been there now; see {@link #interrupted}.
   */
  public static final long INTERRUPTED = Long.MIN_VALUE + 1;

  /** As the longest wait of a request: the limiter's own timeout. */
  public static final long OWN_TIMEOUT = -1;

  /**
   * No wait is longer, in nanoseconds (146 years): what is computed beyond it is cut to it, so that
   * sums of a moment and a wait never overflow.
   */
  public static final long MAX_NANOS = 1L << 62;

  /** Nobody waits longer, so no interruption says more. */
  private static final long LAST_INTERRUPTED = INTERRUPTED + Waits.LONGEST;

  /** This level is no longer the one to ask. Never leaves this package. */
  static final long RETIRED = LAST_INTERRUPTED + 1;

  /** It isn't known yet. Never leaves this package. */
  static final long PENDING = LAST_INTERRUPTED + 2;

  private Outcome() {}

  /** Whether the tokens were granted. */
  public static boolean granted(long outcome) {
    return outcome >= 0;
  }

  /** Whether the thread was interrupted before its tokens were there. */
  public static boolean isInterrupted(long outcome) {
    return outcome >= INTERRUPTED && outcome <= LAST_INTERRUPTED;
  }

  /** Of a thread that was interrupted {@code nanos} before its tokens were there, 0 or more. */
  static long interrupted(long nanos) {
    return INTERRUPTED + Math.min(nanos, Waits.LONGEST);
  }

  /** As callers know it that were made before an interruption told of a moment. */
  static long withoutMoment(long outcome) {
    return isInterrupted(outcome) ? INTERRUPTED : outcome;
  }

  static long refused(long retryAfterNanos) {
    return ~retryAfterNanos;
  }

  static long retryAfterNanos(long outcome) {
    return isInterrupted(outcome) ? outcome - INTERRUPTED : ~outcome;
  }
}
