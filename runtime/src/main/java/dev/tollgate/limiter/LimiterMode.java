package dev.tollgate.limiter;

/**
 * What a limiter does with its verdict. Where it stops to enforce it, calls that wait go at once.
 */
public enum LimiterMode {
  /** Calls wait and are refused. */
  ENFORCE,
  /** Nothing waits and nothing is refused, but what would have been is counted. */
  OBSERVE,
  /** Every call passes, uncounted. */
  OFF
}
