package dev.tollgate.agent.weave;

/**
 * What one woven call takes.
 *
 * @param timeoutNanos the longest wait; negative for the limiter's own
 */
record Limit(String limiter, long weight, long timeoutNanos) {}
