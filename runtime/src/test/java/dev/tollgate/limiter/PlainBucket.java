package dev.tollgate.limiter;

/**
 * What a bucket is to one caller at a time: a number of tokens, at most so many, and one more each
 * {@value #TOKEN_NANOS} ns. The sequential specification of the Lincheck tests.
 */
final class PlainBucket {
  /** What one token takes to come in all these tests. */
  static final long TOKEN_NANOS = 1_000;

  private long full;
  private long nanosWorth;
  private long pause;
  private long admitted;

  PlainBucket(long capacity, long tokens) {
    full = capacity * TOKEN_NANOS;
    nanosWorth = tokens * TOKEN_NANOS;
  }

  long take(long weight) {
    long wait = weight * TOKEN_NANOS - nanosWorth + pause;
    if (wait > 0) {
      return Outcome.refused(wait);
    }
    nanosWorth -= weight * TOKEN_NANOS;
    admitted++;
    return 0;
  }

  /** Nanoseconds until it is worth so many; not positive where it is. */
  long missing(long nanos) {
    return nanos - nanosWorth;
  }

  void advance(long nanos) {
    nanosWorth = Math.min(full, nanosWorth + nanos);
  }

  /** Keeps the share of a full one. */
  void change(long capacity) {
    nanosWorth = nanosWorth * (capacity * TOKEN_NANOS) / full;
    full = capacity * TOKEN_NANOS;
  }

  /** While no time goes by. */
  void pause(long nanos) {
    if (nanos > pause) {
      pause = nanos;
      nanosWorth = 0;
    }
  }

  long available() {
    return nanosWorth / TOKEN_NANOS;
  }

  long admitted() {
    return admitted;
  }
}
