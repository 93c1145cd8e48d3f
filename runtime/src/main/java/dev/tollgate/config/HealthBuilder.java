package dev.tollgate.config;

import dev.tollgate.health.CheckOverrides;
import dev.tollgate.health.HealthConfig;
import dev.tollgate.health.SpaceThresholds;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the health checks' configuration of values, with defaults for what wasn't given. */
final class HealthBuilder {
  private static final String PLACE = "health.";

  private final Values values;

  private HealthBuilder(Values values) {
    this.values = values;
  }

  /**
   * Null where nothing is given of it.
   *
   * @throws ConfigurationException if values don't go together
   */
  static @Nullable HealthConfig build(Values values) {
    return values.hasAny(PLACE) ? new HealthBuilder(values).build() : null;
  }

  private HealthConfig build() {
    HealthConfig defaults = HealthConfig.DEFAULT;
    return new HealthConfig(
        values.getOr(ConfigKey.HEALTH_ENABLED, defaults.enabled()),
        values.getOr(ConfigKey.HEALTH_INTERVAL, defaults.interval()),
        values.getOr(ConfigKey.HEALTH_TIMEOUT, defaults.timeout()),
        values.getOr(ConfigKey.DISK_PATHS, defaults.diskPaths()),
        thresholds(
            ConfigKey.DISK_DEGRADED_FREE,
            ConfigKey.DISK_DEGRADED_SHARE,
            ConfigKey.DISK_CRITICAL_FREE,
            ConfigKey.DISK_CRITICAL_SHARE,
            ConfigKey.DISK_READY_FREE,
            defaults.disk()),
        thresholds(
            ConfigKey.MEMORY_DEGRADED_FREE,
            ConfigKey.MEMORY_DEGRADED_SHARE,
            ConfigKey.MEMORY_CRITICAL_FREE,
            ConfigKey.MEMORY_CRITICAL_SHARE,
            ConfigKey.MEMORY_READY_FREE,
            defaults.memory()),
        values.getOr(ConfigKey.CACHE_HIT_RATE, defaults.cacheHitRate()),
        values.getOr(ConfigKey.CACHE_REQUESTS, defaults.cacheRequests()),
        values.getOr(ConfigKey.REJECTED, defaults.rejectionRate()),
        values.getOr(ConfigKey.REJECTION_REQUESTS, defaults.rejectionRequests()),
        values.getOr(ConfigKey.TOOLS, defaults.tools()),
        values.getOr(ConfigKey.REQUIRED_TOOLS, defaults.requiredTools()),
        checks());
  }

  private SpaceThresholds thresholds(
      ConfigKey<Long> degradedFree,
      ConfigKey<Double> degradedShare,
      ConfigKey<Long> criticalFree,
      ConfigKey<Double> criticalShare,
      ConfigKey<Long> readyFree,
      SpaceThresholds defaults) {
    long degradedBytes = values.getOr(degradedFree, defaults.degradedBytes());
    double degraded = values.getOr(degradedShare, defaults.degradedShare());
    long criticalBytes = values.getOr(criticalFree, defaults.criticalBytes());
    double critical = values.getOr(criticalShare, defaults.criticalShare());
    if (criticalBytes > degradedBytes) {
      throw above(criticalFree, degradedFree);
    }
    if (critical > degraded) {
      throw above(criticalShare, degradedShare);
    }
    return new SpaceThresholds(
        degradedBytes,
        degraded,
        criticalBytes,
        critical,
        values.getOr(readyFree, defaults.readyBytes()));
  }

  /** Whichever was given last is to blame: the other was right until then. */
  private ConfigurationException above(ConfigKey<?> critical, ConfigKey<?> degraded) {
    return values.isLater(critical, degraded)
        ? wrong(critical, "at most ", degraded)
        : wrong(degraded, "at least ", critical);
  }

  private ConfigurationException wrong(ConfigKey<?> key, String relation, ConfigKey<?> other) {
    Entry entry = values.entry(key);
    if (entry == null) {
      throw new IllegalStateException(key.path() + " is wrong and wasn't given");
    }
    Entry otherEntry = values.entry(other);
    return entry.mustBe(
        relation
            + entry.node().origin().key(other.path())
            + ", which "
            + (otherEntry == null
                ? "is " + other.defaultText().replace("`", "") + " by default"
                : otherEntry.node().describe()));
  }

  private Map<String, CheckOverrides> checks() {
    Map<String, CheckOverrides> checks = new HashMap<>();
    for (String name : values.sections(NamedSections.CHECKS).keySet()) {
      checks.put(
          name,
          new CheckOverrides(
              values.get(ConfigKey.CHECK_INTERVAL, name),
              values.get(ConfigKey.CHECK_TIMEOUT, name),
              values.get(ConfigKey.CHECK_CRITICAL, name),
              count(ConfigKey.CHECK_FAILURES, name),
              count(ConfigKey.CHECK_SUCCESSES, name)));
    }
    return checks;
  }

  private @Nullable Integer count(ConfigKey<Long> key, String check) {
    Long count = values.get(key, check);
    return count == null ? null : count.intValue();
  }
}
