package dev.tollgate.limiter;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The limiters that every JVM has without being told, from the orchestrator that Tollgate grew out
 * of.
 */
public final class Presets {
  private static final Map<String, RateLimitConfig> ALL = all();

  private Presets() {}

  /** By name; unmodifiable. */
  public static Map<String, RateLimitConfig> byName() {
    return ALL;
  }

  private static Map<String, RateLimitConfig> all() {
    Map<String, RateLimitConfig> presets = new LinkedHashMap<>();
    presets.put("mcp_tools", perMinute(60, 10));
    presets.put("github_api", perMinute(80, 20));
    presets.put("web_research", perMinute(30, 10));
    presets.put("skill_operations", perMinute(120, 20));
    presets.put("filesystem", perMinute(300, 50));
    return Collections.unmodifiableMap(presets);
  }

  private static RateLimitConfig perMinute(long permits, long burst) {
    return RateLimitConfig.of(permits, Duration.ofMinutes(1)).withBurst(burst);
  }
}
