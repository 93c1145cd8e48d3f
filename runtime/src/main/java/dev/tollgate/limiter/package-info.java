/**
 * Rate limiters by name: {@link dev.tollgate.limiter.RateLimiters} is the way in.
 *
 * <p>Needs nothing but the JDK and {@code dev.tollgate} at run time.
 */
@NullMarked
package dev.tollgate.limiter;

import org.jspecify.annotations.NullMarked;
