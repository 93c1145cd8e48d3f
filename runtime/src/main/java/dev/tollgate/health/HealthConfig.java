package dev.tollgate.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is looked at, how often, and what counts as little.
 *
 * @param enabled whether there are health checks at all
 * @param interval of checks that have none of their own
 * @param timeout of checks that have none of their own
 * @param diskPaths the disks that are looked at, by a path on each; at least one
 * @param disk how little may be free there
 * @param memory how little may be available
 * @param cacheHitRate below it a cache is degraded; 0 to 1
 * @param cacheRequests before so many, a cache's hit rate says nothing; 1 or more
 * @param rejectionRate above it a limiter is degraded, over the last minute; 0 to 1
 * @param rejectionRequests before so many in the last minute, its rate says nothing; 1 or more
 * @param tools programs that are looked for on PATH, and shown
 * @param requiredTools those whose absence degrades
 * @param checks what is given of the options of checks, by name, or by what stands before the colon
 *     in the names of several
 */
public record HealthConfig(
    boolean enabled,
    Duration interval,
    Duration timeout,
    List<String> diskPaths,
    SpaceThresholds disk,
    SpaceThresholds memory,
    double cacheHitRate,
    long cacheRequests,
    double rejectionRate,
    long rejectionRequests,
    List<String> tools,
    List<String> requiredTools,
    Map<String, CheckOverrides> checks) {
  private static final long MB = 1_000_000;
  private static final long GB = 1_000 * MB;

  /** What holds where nothing is configured. */
  public static final HealthConfig DEFAULT =
      new HealthConfig(
          true,
          CheckOptions.DEFAULT.interval(),
          CheckOptions.DEFAULT.timeout(),
          List.of("."),
          new SpaceThresholds(5 * GB, 0.20, GB, 0.10, 100 * MB),
          new SpaceThresholds(GB, 0.20, GB / 2, 0.10, 100 * MB),
          0.30,
          100,
          0.50,
          20,
          List.of("git", "gh"),
          List.of(),
          Map.of());

  /** Copies lists and map. */
  public HealthConfig {
    diskPaths = List.copyOf(diskPaths);
    tools = List.copyOf(tools);
    requiredTools = List.copyOf(requiredTools);
    checks = Map.copyOf(checks);
  }

  /**
   * {@code options}, with what is configured for the check of this name instead, and before that
   * for all of its kind: {@code disk:/data} is a {@code disk}.
   */
  CheckOptions optionsOf(String check, CheckOptions options) {
    int kind = check.indexOf(':');
    CheckOptions ofKind = kind < 0 ? options : given(check.substring(0, kind)).over(options);
    return given(check).over(ofKind);
  }

  private CheckOverrides given(String name) {
    return checks.getOrDefault(name, CheckOverrides.NONE);
  }

  /** For a check that brings no options of its own. */
  CheckOptions defaultOptions() {
    return CheckOptions.DEFAULT.withInterval(interval).withTimeout(timeout);
  }
}
