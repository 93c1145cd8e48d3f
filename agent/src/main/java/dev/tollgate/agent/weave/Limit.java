package dev.tollgate.agent.weave;

/**
 * What one woven call takes.
 *
 * @param timeoutNanos the longest wait; negative for the limiter's own
 * @param group index of the method's group that it is counted by, or {@link #NO_GROUP}
 */
record Limit(String limiter, long weight, long timeoutNanos, int group) {
  /** Taken at each execution, whatever the thread is inside of. */
  static final int NO_GROUP = -1;
}
