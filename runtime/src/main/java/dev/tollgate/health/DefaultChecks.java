package dev.tollgate.health;

import dev.tollgate.health.memory.MemoryReader;
import dev.tollgate.limiter.LimiterMode;
import dev.tollgate.limiter.RateLimiterStats;
import dev.tollgate.limiter.Ticker;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The checks that every JVM gets. */
final class DefaultChecks {
  private DefaultChecks() {}

  static void addTo(
      BiConsumer<String, HealthCheck> health,
      HealthConfig config,
      Supplier<Map<String, RateLimiterStats>> limiters,
      Function<String, LimiterMode> modes,
      Ticker ticker) {
    List<String> paths = config.diskPaths();
    for (String path : paths) {
      String name = paths.size() == 1 ? "disk" : "disk:" + path;
      health.accept(name, new DiskCheck(path, config.disk()));
    }
    health.accept("memory", new MemoryCheck(MemoryReader.ofThisMachine(), config.memory()));
    health.accept("rate-limiters", new RateLimitersCheck(limiters, modes, ticker, config));
    health.accept("java", new JavaCheck());
    Set<String> tools = new LinkedHashSet<>(config.tools());
    tools.addAll(config.requiredTools());
    for (String tool : tools) {
      boolean required = config.requiredTools().contains(tool);
      health.accept("tool:" + tool, new ToolCheck(tool, required, System.getenv("PATH")));
    }
  }
}
