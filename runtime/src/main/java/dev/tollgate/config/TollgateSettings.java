package dev.tollgate.config;

import dev.tollgate.health.HealthConfig;
import dev.tollgate.limiter.RateLimitOverrides;
import java.io.File;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that configuration says.
 *
 * @param enabled whether the agent does anything at all
 * @param limiters what is given of each limiter, by its name, in the order of the configuration;
 *     unmodifiable
 * @param rules in the order of the configuration; unmodifiable
 * @param onUnknownLimiter what a call to a limiter that nobody defined does
 * @param onMissed what happens when a method that should be limited can't be
 * @param jmxEnabled whether there are JMX beans
 * @param jmxOperations whether JMX may change limits
 * @param reload how often the file is looked at; zero for never
 * @param quiet whether nothing is printed but errors
 * @param health what the health checks look at; null is {@link HealthConfig#DEFAULT}, which isn't
 *     loaded then before somebody asks
 * @param file the configuration file; null where there is none, or none of the file system's
 * @param source where this comes from, for people: {@code /etc/tollgate.conf, agent arguments}, or
 *     {@code defaults}
 */
public record TollgateSettings(
    boolean enabled,
    Map<String, RateLimitOverrides> limiters,
    List<Rule> rules,
    OnUnknownLimiter onUnknownLimiter,
    OnMissed onMissed,
    boolean jmxEnabled,
    boolean jmxOperations,
    Duration reload,
    boolean quiet,
    @Nullable HealthConfig health,
    @Nullable File file,
    String source) {

  /** Copies the map and the list. */
  public TollgateSettings {
    limiters = Collections.unmodifiableMap(new LinkedHashMap<>(limiters));
    rules = List.copyOf(rules);
  }

  /** What the health checks look at. */
  @Override
  public HealthConfig health() {
    return health == null ? HealthConfig.DEFAULT : health;
  }

  /** What holds where nothing is configured. */
  public static TollgateSettings defaults() {
    return new TollgateSettings(
        true,
        Map.of(),
        List.of(),
        OnUnknownLimiter.FAIL,
        OnMissed.REPORT,
        true,
        false,
        Duration.ZERO,
        false,
        null,
        null,
        "defaults");
  }
}
