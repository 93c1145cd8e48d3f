package dev.tollgate.limiter;

import dev.tollgate.UnknownLimiterException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The JVM-wide limiters. Under the agent they are the ones that annotated methods use, whichever
 * class loader or module this class came from; without it, each copy of this class has its own,
 * with the {@linkplain Presets presets} defined.
 */
public final class RateLimiters {
  private static volatile @Nullable Limiters limiters;

  private RateLimiters() {}

  /**
   * The limiter of this name; always the same one.
   *
   * @throws UnknownLimiterException if nobody has defined it; the message lists those that exist
   */
  public static RateLimiter get(String name) {
    return limiters().get(name);
  }

  /**
   * Defines a limiter. Under the agent, configuration wins where it gives this limiter's permits
   * and period.
   *
   * @param name {@code [A-Za-z][A-Za-z0-9_-]*}
   * @return the limiter of this name; the same one when it is registered again with an equal
   *     configuration
   * @throws IllegalArgumentException if the name is impossible
   * @throws IllegalStateException if it is registered with another configuration, or a preset of
   *     this name is in use already
   */
  public static RateLimiter register(String name, RateLimitConfig config) {
    return limiters().register(name, config);
  }

  /**
   * Pauses the limiter of this name where a server's response asks for it, as {@link
   * #onResponse(RateLimiter, Map)} does.
   *
   * @throws UnknownLimiterException if nobody has defined it
   */
  public static Duration onResponse(
      String name, Map<String, ? extends Collection<String>> headers) {
    return onResponse(get(name), headers);
  }

  /**
   * Pauses {@code limiter} if a server's response asks for it. That is until the moment that {@code
   * Retry-After} names (seconds or a date); and if {@code X-RateLimit-Remaining} is 0, until {@code
   * X-RateLimit-Reset}. Seconds are from now, and from 10⁹ on of the epoch; numbers from 10¹¹ on
   * are milliseconds of it. {@code RateLimit-…} and {@code X-Rate-Limit-…} are read alike, {@code
   * …-Reset-After} too. The longest counts, but for at most a day, since the next response may ask
   * again; {@link RateLimiter#resume} ends the pause sooner. Dates are judged by the response's own
   * {@code Date}, or else by this machine's clock. What can't be read is ignored.
   *
   * @param headers by name, in any case: {@code response.headers().map()} of the JDK's HTTP client,
   *     or {@code connection.getHeaderFields()}
   * @return for how long; zero where the response asks for no pause
   */
  public static Duration onResponse(
      RateLimiter limiter, Map<String, ? extends Collection<String>> headers) {
    Duration pause = ServerPause.of(new ResponseHeaders(headers), InstantSource.system());
    if (!pause.isZero()) {
      limiter.pauseFor(pause);
    }
    return pause;
  }

  /** The counters of each limiter, in alphabetical order of the names; a copy. */
  public static Map<String, RateLimiterStats> stats() {
    return limiters().stats();
  }

  /**
   * Tells {@code listener} of each limiter, those that are there and those to come, each at least
   * once. Called on the defining thread; it must return at once and not throw. Under the agent it
   * is told only of those that are there: the agent shows the others.
   */
  public static void onDefined(Consumer<RateLimiter> listener) {
    limiters().onDefined(listener);
  }

  private static Limiters limiters() {
    Limiters known = limiters;
    if (known != null) {
      return known;
    }
    synchronized (RateLimiters.class) {
      if (limiters == null) {
        limiters = find();
      }
      return limiters;
    }
  }

  /** The agent that has come has the limiters from now on. See {@link Door#follow}. */
  static List<String> follow(Map<String, Object> door) {
    synchronized (RateLimiters.class) {
      if (!(limiters instanceof LimiterRegistry own)) {
        return List.of();
      }
      DoorClient client = new DoorClient(door);
      List<String> notes = own.handOver(client);
      limiters = client;
      return notes;
    }
  }

  private static Limiters find() {
    Map<String, Object> door = Door.find();
    return door == null ? new LimiterRegistry(Ticker.system()) : new DoorClient(door);
  }
}
