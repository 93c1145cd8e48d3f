package dev.tollgate.limiter;

import org.jspecify.annotations.Nullable;

/**
 * What {@link LimiterRegistry#reload} did to one limiter.
 *
 * @param name the limiter's name
 * @param before what it allowed; null where there was no limiter of this name
 * @param after what it allows now; null where nothing defines it any longer, and it stays as it was
 */
public record LimiterChange(
    String name, @Nullable RateLimitConfig before, @Nullable RateLimitConfig after) {}
