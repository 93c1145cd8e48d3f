package dev.tollgate.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits methods that carry no annotation.
 *
 * @param method the methods, as {@link MethodPattern} reads them
 * @param limiter the limiter's name
 * @param weight tokens that one call takes; 0 or more
 * @param timeout the longest wait; 0 refuses at once, null is the limiter's own
 * @param origin where the rule stands, for reports: {@code /etc/tollgate.conf:7}
 */
public record Rule(
    String method, String limiter, long weight, @Nullable Duration timeout, String origin) {}
