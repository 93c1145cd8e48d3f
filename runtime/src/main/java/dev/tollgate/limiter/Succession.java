package dev.tollgate.limiter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How limiters pass from a copy of this library that ran by itself to the agent that has come, with
 * all that they have: the copy's registry hands them over, the agent's adopts each. Between the two
 * is the door. Called under the lock of the registry.
 */
final class Succession {
  private final ConfiguredLimits configured;
  private final Ticker ticker;

  /** To a registry in which {@code configured} is laid over what limiters had. */
  Succession(ConfiguredLimits configured, Ticker ticker) {
    this.configured = configured;
    this.ticker = ticker;
  }

  /**
   * Makes limiters those of the agent. One that it doesn't take stays as it is.
   *
   * @return what isn't as it was, in lines for people
   */
  static List<String> handOver(Iterable<LimiterEntry> entries, DoorClient agent) {
    List<String> notes = new ArrayList<>();
    for (LimiterEntry entry : entries) {
      Map<String, Object> values = new HashMap<>();
      if (entry.base() != null) {
        values.put(Door.BASE, DoorTypes.of(entry.base()));
      }
      values.put(Door.BY_PROGRAM, entry.byProgram());
      String name = entry.core().name();
      try {
        String note = agent.adopt(entry.core(), entry.limiter(), values);
        if (note != null) {
          notes.add(note);
        }
      } catch (RuntimeException e) {
        notes.add("limiter '" + name + "' of the program's stays its own: " + e);
      }
    }
    return notes;
  }

  /**
   * Goes on with what a limiter had.
   *
   * @param existing the limiter of this name here, or null; it stays what it is where the program
   *     has defined it, or somebody has asked it for something
   * @param values what was handed over
   */
  Adopted adopt(String name, @Nullable LimiterEntry existing, Map<String, Object> values) {
    RateLimitConfig config = DoorTypes.handedOver(values);
    RateLimitConfig base = DoorTypes.base(values);
    boolean byProgram = Boolean.TRUE.equals(values.get(Door.BY_PROGRAM));
    if (existing == null) {
      LocalCore core = new LocalCore(name, config, ticker);
      core.takeOver(values);
      return new Adopted(new LimiterEntry(byProgram, base, core), layOver(core, config));
    }
    LocalCore core = existing.core();
    if (!existing.byProgram() && core.redefineIfUntouched(config)) {
      core.takeOver(values);
      return new Adopted(
          new LimiterEntry(byProgram, base, core, existing.limiter()), layOver(core, config));
    }
    core.takeOver(values);
    return new Adopted(
        existing,
        Objects.equals(base, existing.base())
            ? null
            : "limiter '%s' is %s already, and stays so; the program had it as %s"
                .formatted(
                    name, LimiterEntry.describe(core.config()), LimiterEntry.describe(config)));
  }

  private @Nullable String layOver(LocalCore core, RateLimitConfig config) {
    RateLimitOverrides given = configured.find(core.name());
    if (given == null) {
      return null;
    }
    try {
      core.reconfigure(given.over(config));
      return null;
    } catch (IllegalArgumentException e) {
      return "limiter '%s' stays as the program has it: %s".formatted(core.name(), e.getMessage());
    }
  }

  /**
   * A limiter that has come.
   *
   * @param note what isn't as it was, for people; null where all is
   */
  record Adopted(LimiterEntry entry, @Nullable String note) {}
}
