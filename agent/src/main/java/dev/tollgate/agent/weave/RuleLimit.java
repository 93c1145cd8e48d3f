package dev.tollgate.agent.weave;

/**
 * One limit that a rule asks for.
 *
 * @param timeoutNanos the longest wait; negative for the limiter's own
 */
record RuleLimit(String limiter, long weight, long timeoutNanos) {}
