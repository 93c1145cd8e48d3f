package dev.tollgate.limiter;

import dev.tollgate.UnknownLimiterException;
import java.util.Map;
import java.util.function.Consumer;

/** The limiters of a JVM, wherever they live. */
interface Limiters {

  /**
   * The limiter of this name.
   *
   * @throws UnknownLimiterException if there is none of this name
   */
  RateLimiter get(String name);

  /**
   * Defines a limiter, or finds it defined alike.
   *
   * @throws IllegalArgumentException if the name is impossible
   * @throws IllegalStateException if it is defined otherwise
   */
  RateLimiter register(String name, RateLimitConfig config);

  /** See {@link RateLimiters#onDefined}. */
  void onDefined(Consumer<RateLimiter> listener);

  /** Of each limiter, in alphabetical order of the names; unmodifiable. */
  Map<String, RateLimiterStats> stats();
}
