package dev.tollgate.agent.cli;

import dev.tollgate.agent.cli.Table.Cell;
import dev.tollgate.config.Rule;
import dev.tollgate.config.TollgateSettings;
import dev.tollgate.limiter.Durations;
import dev.tollgate.limiter.Presets;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.RateLimitOverrides;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** What comes of a configuration that can be used: limiters, health, and what to know besides. */
final class SettingsReport {
  private static final String UNKNOWN = "?";

  private final TollgateSettings settings;
  private final Table table =
      new Table("limiter", "permits", "period", "burst", "capacity", "timeout", "mode");
  private final List<String> notes = new ArrayList<>();

  private SettingsReport(TollgateSettings settings) {
    this.settings = settings;
  }

  static List<String> lines(String file, TollgateSettings settings, Ansi ansi) {
    return new SettingsReport(settings).lines(file, ansi);
  }

  private List<String> lines(String file, Ansi ansi) {
    Set<String> names = new LinkedHashSet<>(settings.limiters().keySet());
    names.addAll(Presets.byName().keySet());
    for (String name : names) {
      addLimiter(name, settings.limiters().getOrDefault(name, RateLimitOverrides.NONE));
    }
    for (Map.Entry<String, RateLimitOverrides> limiter : settings.limiters().entrySet()) {
      addNote(limiter.getKey(), limiter.getValue());
    }
    Set<String> unknown = new LinkedHashSet<>();
    for (Rule rule : settings.rules()) {
      if (!names.contains(rule.limiter()) && unknown.add(rule.limiter())) {
        notes.add(
            rule.limiter()
                + " is named by a rule and defined nowhere here: an annotation or the program has"
                + " to define it");
      }
    }
    if (!settings.reload().isZero()) {
      notes.add(
          "reload: the file is looked at every "
              + Durations.printExactly(settings.reload())
              + " while the program runs");
    }
    if (!settings.enabled()) {
      notes.add("enabled = false: the agent will do nothing at all");
    }
    if (!settings.health().enabled()) {
      notes.add("health.enabled = false: there will be no health checks");
    }

    List<String> lines = new ArrayList<>();
    lines.add(PlainText.line(file) + ": " + Styled.text(ansi, "bold,green", "OK"));
    lines.add("");
    lines.addAll(table.lines(ansi));
    if (settings.health().enabled()) {
      lines.add("");
      lines.addAll(HealthSettings.lines(settings.health(), ansi));
    }
    if (!notes.isEmpty()) {
      lines.add("");
      notes.forEach(note -> lines.add(PlainText.line(note)));
    }
    return lines;
  }

  private void addLimiter(String name, RateLimitOverrides overrides) {
    RateLimitConfig preset = Presets.byName().get(name);
    if (preset == null && !overrides.definesLimiter()) {
      notes.add(name + " is incomplete: an annotation or the program has to define the rest");
      add(
          name,
          number(overrides.permits()),
          overrides.period() == null ? UNKNOWN : Durations.printExactly(overrides.period()),
          number(overrides.burst()),
          number(overrides.capacity()),
          overrides.timeout() == null ? UNKNOWN : Durations.printExactly(overrides.timeout()),
          overrides.mode() == null ? UNKNOWN : lowerCase(overrides.mode()));
      return;
    }
    RateLimitConfig config = overrides.over(preset);
    add(
        name,
        number(config.permits()),
        Durations.printExactly(config.period()),
        number(config.burst()),
        number(config.capacity()),
        Durations.printExactly(config.timeout()),
        lowerCase(config.mode()));
  }

  /** What few limiters have, and the table therefore hasn't. */
  private void addNote(String name, RateLimitOverrides overrides) {
    if (overrides.warmUp() != null && !overrides.warmUp().isZero()) {
      notes.add(name + " warms up in " + Durations.printExactly(overrides.warmUp()));
    }
    if (overrides.maxKeys() != null) {
      notes.add(name + " has buckets of their own for " + overrides.maxKeys() + " keys");
    }
  }

  private void add(String... texts) {
    Cell[] cells = new Cell[texts.length];
    for (int i = 0; i < texts.length; i++) {
      cells[i] = new Cell(texts[i], texts[i].equals(UNKNOWN) ? "yellow" : "");
    }
    table.add(cells);
  }

  private static String number(@Nullable Long number) {
    return number == null ? UNKNOWN : Long.toString(number);
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
