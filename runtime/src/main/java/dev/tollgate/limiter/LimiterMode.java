package dev.tollgate.limiter;

/** What a limiter does with its verdict. */
public enum LimiterMode {
  /** Calls wait and are refused. */
  ENFORCE,
  /** Nothing waits and nothing is refused, but what would have been is counted. */
  OBSERVE,
  /** Every call passes, uncounted. */
  OFF
}
