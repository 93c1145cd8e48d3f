package dev.tollgate.limiter;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What configuration says of limiters, by name, to be laid over what others say of them. */
final class ConfiguredLimits {
  private final Map<String, RateLimitOverrides> overrides;

  ConfiguredLimits(Map<String, RateLimitOverrides> overrides) {
    this.overrides = Map.copyOf(overrides);
  }

  /**
   * @throws IllegalArgumentException if a name is impossible, or values don't go with their preset
   */
  void check() {
    for (String name : overrides.keySet()) {
      RateLimitConfig preset = Presets.byName().get(LimiterNames.check(name));
      if (preset != null || defines(name)) {
        over(name, preset);
      }
    }
  }

  /** The limiters that there are before anybody defines one: the presets, and what this defines. */
  Set<String> predefined() {
    Set<String> names = Presets.names();
    // A loop, not a stream: this runs before the program does.
    for (Map.Entry<String, RateLimitOverrides> given : overrides.entrySet()) {
      if (given.getValue().definesLimiter()) {
        names.add(given.getKey());
      }
    }
    return names;
  }

  /** Of which it says anything. */
  Set<String> names() {
    return overrides.keySet();
  }

  /** Null where it says nothing. */
  @Nullable RateLimitOverrides find(String name) {
    return overrides.get(name);
  }

  /** Whether it gives all that a limiter needs. */
  boolean defines(String name) {
    return of(name).definesLimiter();
  }

  /**
   * What holds over {@code base}, which is null where nobody else has defined the limiter.
   *
   * @throws IllegalArgumentException if the values don't go together
   */
  RateLimitConfig over(String name, @Nullable RateLimitConfig base) {
    return of(name).over(base);
  }

  /**
   * As {@link #over}, but what configuration defines by itself takes nothing but a preset's values
   * below it, and a complaint names the limiter.
   */
  RateLimitConfig anew(String name, @Nullable RateLimitConfig base) {
    try {
      return over(name, defines(name) ? Presets.byName().get(name) : base);
    } catch (IllegalArgumentException e) {
      throw named(name, e);
    }
  }

  static IllegalArgumentException named(String limiter, IllegalArgumentException e) {
    return new IllegalArgumentException("limiter '" + limiter + "': " + e.getMessage(), e);
  }

  private RateLimitOverrides of(String name) {
    RateLimitOverrides given = overrides.get(name);
    return given == null ? RateLimitOverrides.NONE : given;
  }
}
