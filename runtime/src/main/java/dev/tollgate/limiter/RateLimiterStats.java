package dev.tollgate.limiter;

import java.time.Duration;

/**
 * What a limiter did so far. Counts calls, not tokens; the three counters never fall. Calls of
 * weight 0 and those of a limiter that is {@link LimiterMode#OFF} aren't counted.
 *
 * @param totalRequests calls that were decided: admitted + rejected
 * @param admittedRequests calls that got their permit
 * @param rejectedRequests calls that were refused, or interrupted while they waited
 * @param rejectionRate rejected of total, 0 to 1; 0 where there were none
 * @param averageWait mean wait of the admitted calls, those that didn't wait included
 * @param maxWait the longest wait of an admitted call
 * @param waiting calls that wait now
 * @param inFlight calls in the scoped form that have their permit and aren't closed
 * @param availablePermits tokens in the bucket now, 0 or more
 */
public record RateLimiterStats(
    long totalRequests,
    long admittedRequests,
    long rejectedRequests,
    double rejectionRate,
    Duration averageWait,
    Duration maxWait,
    long waiting,
    long inFlight,
    long availablePermits) {}
