package dev.tollgate.config;

/** What a call to a limiter that nobody defined does. */
public enum OnUnknownLimiter {
  /** It throws {@code UnknownLimiterException}. */
  FAIL,
  /** It passes unlimited. */
  IGNORE
}
