package dev.tollgate.agent.weave;

import dev.tollgate.limiter.RateLimitConfig;

/** A limiter that an annotation on {@code method} defines. */
record Definition(String limiter, RateLimitConfig config, String method) {}
