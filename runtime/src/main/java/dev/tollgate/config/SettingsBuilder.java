package dev.tollgate.config;

import dev.tollgate.limiter.Presets;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.RateLimitOverrides;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes settings of values, with defaults for what wasn't given. */
final class SettingsBuilder {
  private final Values values;

  private SettingsBuilder(Values values) {
    this.values = values;
  }

  /**
   * @param file where values come from, if any come from a file
   * @throws ConfigurationException if values don't go together
   */
  static TollgateSettings build(Values values, @Nullable File file, String source) {
    return new SettingsBuilder(values).build(file, source);
  }

  private TollgateSettings build(@Nullable File file, String source) {
    TollgateSettings defaults = TollgateSettings.defaults();
    return new TollgateSettings(
        values.getOr(ConfigKey.ENABLED, defaults.enabled()),
        limiters(),
        values.getOr(ConfigKey.RULES, defaults.rules()),
        values.getOr(ConfigKey.ON_UNKNOWN_LIMITER, defaults.onUnknownLimiter()),
        values.getOr(ConfigKey.ON_MISSED, defaults.onMissed()),
        values.getOr(ConfigKey.JMX_ENABLED, defaults.jmxEnabled()),
        values.getOr(ConfigKey.JMX_OPERATIONS, defaults.jmxOperations()),
        values.getOr(ConfigKey.RELOAD, defaults.reload()),
        values.getOr(ConfigKey.QUIET, defaults.quiet()),
        HealthBuilder.build(values),
        file,
        source);
  }

  private Map<String, RateLimitOverrides> limiters() {
    Map<String, RateLimitOverrides> limiters = new LinkedHashMap<>();
    for (Map.Entry<String, Entry> limiter : values.sections(NamedSections.LIMITERS).entrySet()) {
      String name = limiter.getKey();
      RateLimitOverrides overrides = overrides(name);
      requirePossible(overrides, Presets.byName().get(name), limiter.getValue());
      limiters.put(name, overrides);
    }
    return limiters;
  }

  private RateLimitOverrides overrides(String name) {
    return new RateLimitOverrides(
        values.get(ConfigKey.PERMITS, name),
        values.get(ConfigKey.PERIOD, name),
        values.get(ConfigKey.BURST, name),
        values.get(ConfigKey.CAPACITY, name),
        values.get(ConfigKey.TIMEOUT, name),
        values.get(ConfigKey.MODE, name),
        count(ConfigKey.MAX_WAITING, name),
        count(ConfigKey.MAX_KEYS, name),
        values.get(ConfigKey.WARM_UP, name));
  }

  private @Nullable Integer count(ConfigKey<Long> key, String name) {
    Long count = values.get(key, name);
    return count == null ? null : count.intValue();
  }

  /** What an annotation may still complete can't be judged here. */
  private static void requirePossible(
      RateLimitOverrides overrides, @Nullable RateLimitConfig preset, Entry limiter) {
    if (preset == null && !overrides.definesLimiter()) {
      return;
    }
    try {
      overrides.over(preset);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          limiter.node().origin().name(limiter.path()) + ": " + e.getMessage(), e);
    }
  }
}
