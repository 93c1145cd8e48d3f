package dev.tollgate.agent.reload;

import dev.tollgate.config.TollgateSettings;
import dev.tollgate.limiter.LimiterChange;
import dev.tollgate.limiter.LimiterRegistry;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Puts what settings that were loaded again say of limiters into force. */
final class Reload {
  private final File file;
  private final TollgateSettings atStart;
  private final LimiterRegistry registry;
  private TollgateSettings last;

  Reload(File file, TollgateSettings atStart, LimiterRegistry registry) {
    this.file = file;
    this.atStart = atStart;
    this.registry = registry;
    this.last = atStart;
  }

  /**
   * What changed, in words; empty where nothing did.
   *
   * @throws RuntimeException with what is wrong as its message; nothing has changed then
   */
  String run(TollgateSettings fresh) {
    if (!file.equals(fresh.file())) {
      // On the class path it may have gone just now, and no file is no error there.
      throw new IllegalStateException(file + " is no longer where the configuration comes from");
    }
    List<LimiterChange> changes;
    try {
      changes = registry.reload(fresh.limiters());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
    List<String> parts = ChangeText.of(changes);
    List<String> later = forTheNextStart(fresh);
    if (!later.isEmpty()) {
      parts.add("from the next start on: " + String.join(", ", later));
    }
    last = fresh;
    return String.join("; ", parts);
  }

  /** Keys that changed in the file now, and say something else than what is in force. */
  private List<String> forTheNextStart(TollgateSettings fresh) {
    List<String> keys = new ArrayList<>();
    addIfChanged(keys, "enabled", TollgateSettings::enabled, fresh);
    addIfChanged(keys, "rules", TollgateSettings::rules, fresh);
    addIfChanged(keys, "on-unknown-limiter", TollgateSettings::onUnknownLimiter, fresh);
    addIfChanged(keys, "on-missed", TollgateSettings::onMissed, fresh);
    addIfChanged(keys, "jmx.enabled", TollgateSettings::jmxEnabled, fresh);
    addIfChanged(keys, "jmx.operations", TollgateSettings::jmxOperations, fresh);
    addIfChanged(keys, "reload", TollgateSettings::reload, fresh);
    addIfChanged(keys, "quiet", TollgateSettings::quiet, fresh);
    addIfChanged(keys, "health", TollgateSettings::health, fresh);
    return keys;
  }

  private void addIfChanged(
      List<String> keys,
      String key,
      Function<TollgateSettings, Object> value,
      TollgateSettings fresh) {
    Object now = value.apply(fresh);
    if (!now.equals(value.apply(last)) && !now.equals(value.apply(atStart))) {
      keys.add(key);
    }
  }
}
