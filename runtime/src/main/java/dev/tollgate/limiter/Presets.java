package dev.tollgate.limiter;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The limiters that every JVM has without being told, from the orchestrator that Tollgate grew out
 * of.
 */
public final class Presets {
  private static final Preset[] ALL = {
    new Preset("mcp_tools", 60, 10),
    new Preset("github_api", 80, 20),
    new Preset("web_research", 30, 10),
    new Preset("skill_operations", 120, 20),
    new Preset("filesystem", 300, 50),
  };

  private Presets() {}

  /** What they are called. Makes no configuration, which a start may do without. */
  static Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Preset preset : ALL) {
      names.add(preset.name);
    }
    return names;
  }

  /** By name; unmodifiable. */
  public static Map<String, RateLimitConfig> byName() {
    return Configs.BY_NAME;
  }

  private record Preset(String name, long permitsPerMinute, long burst) {
    RateLimitConfig config() {
      return RateLimitConfig.of(permitsPerMinute, Duration.ofMinutes(1)).withBurst(burst);
    }
  }

  private static final class Configs {
    static final Map<String, RateLimitConfig> BY_NAME = byName();

    private static Map<String, RateLimitConfig> byName() {
      Map<String, RateLimitConfig> presets = new LinkedHashMap<>();
      for (Preset preset : ALL) {
        presets.put(preset.name, preset.config());
      }
      return Collections.unmodifiableMap(presets);
    }
  }
}
