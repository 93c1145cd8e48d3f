package dev.tollgate.limiter;

import dev.tollgate.UnknownLimiterException;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
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

  /** The counters of each limiter, in alphabetical order of the names; a copy. */
  public static Map<String, RateLimiterStats> stats() {
    return limiters().stats();
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

  @SuppressWarnings("unchecked") // The dispatcher's signature.
  private static Limiters find() {
    try {
      Class<?> dispatcher = Class.forName("java.lang.TollgateDispatcher", true, null);
      Object door = dispatcher.getMethod("door").invoke(null);
      if (door != null) {
        return new DoorClient((Map<String, Object>) door);
      }
    } catch (ClassNotFoundException e) {
      // No agent in this JVM.
    } catch (IllegalAccessException | NoSuchMethodException | InvocationTargetException e) {
      throw new IllegalStateException("the Tollgate agent in this JVM can't be reached", e);
    }
    return new LimiterRegistry(Ticker.system());
  }
}
