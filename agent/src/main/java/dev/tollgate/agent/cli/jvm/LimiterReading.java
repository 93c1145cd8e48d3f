package dev.tollgate.agent.cli.jvm;

/**
 * What a bean {@code type=RateLimiter} says.
 *
 * @param readNanos when, in the time of the reader's ticker
 */
public record LimiterReading(
    String name,
    long permits,
    double periodMillis,
    long burst,
    long capacity,
    String mode,
    long availablePermits,
    long totalRequests,
    long admittedRequests,
    long rejectedRequests,
    double rejectionRate,
    double averageWaitMillis,
    double maxWaitMillis,
    long waiting,
    long retryAfterMillis,
    long readNanos) {}
