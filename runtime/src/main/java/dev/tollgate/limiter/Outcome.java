package dev.tollgate.limiter;

/**
 * The answer to a request for tokens as one {@code long}, so that it costs no allocation and
 * crosses class loaders: nanoseconds waited (0 or more) where they were granted, otherwise {@code
 * ~nanoseconds} until the same request could be granted, or one of two reserved values.
 */
public final class Outcome {
  /** The weight is above the limiter's capacity. */
  public static final long NEVER = Long.MIN_VALUE;

  /**
   * The thread was interrupted before its tokens were there; the interrupt flag is set, the tokens
   * are given back.
   */
  public static final long INTERRUPTED = Long.MIN_VALUE + 1;

  /** This level is no longer the one to ask. Never leaves this package. */
  static final long RETIRED = Long.MIN_VALUE + 2;

  /** It isn't known yet. Never leaves this package. */
  static final long PENDING = Long.MIN_VALUE + 3;

  /** As the longest wait of a request: the limiter's own timeout. */
  public static final long OWN_TIMEOUT = -1;

  /**
   * No wait is longer, in nanoseconds (146 years): what is computed beyond it is cut to it, so that
   * sums of a moment and a wait never overflow.
   */
  public static final long MAX_NANOS = 1L << 62;

  private Outcome() {}

  /** Whether the tokens were granted. */
  public static boolean granted(long outcome) {
    return outcome >= 0;
  }

  static long refused(long retryAfterNanos) {
    return ~retryAfterNanos;
  }

  static long retryAfterNanos(long outcome) {
    return ~outcome;
  }
}
