package dev.tollgate.limiter;

import dev.tollgate.UnknownLimiterException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Limiters by name. Each is defined once, by whoever comes first of: configuration (where it gives
 * permits and period), the program (an annotation, {@link #register}), Tollgate's {@linkplain
 * Presets presets}; and configuration is laid over what the others give. Limiters are never
 * removed.
 */
public final class LimiterRegistry implements Limiters {
  private final Ticker ticker;
  private volatile Map<String, RateLimitOverrides> overrides;
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<Consumer<RateLimiter>> listeners =
      new CopyOnWriteArrayList<>();

  /** Who has the limiters since they were handed over. Written under the lock of the entries. */
  private volatile @Nullable Limiters heir;

  /** The presets, and nothing configured. */
  public LimiterRegistry(Ticker ticker) {
    this(ticker, Map.of());
  }

  /**
   * The presets and what {@code overrides} define, by name of the limiter.
   *
   * @throws IllegalArgumentException if a name is impossible, or values of an override don't go
   *     with its preset
   */
  public LimiterRegistry(Ticker ticker, Map<String, RateLimitOverrides> overrides) {
    this.ticker = ticker;
    this.overrides = Map.copyOf(overrides);
    // Loops, here and below, not lambdas: this runs before the program does, and the first
    // lambda of a JVM costs it tens of milliseconds.
    for (Map.Entry<String, RateLimitConfig> preset : Presets.byName().entrySet()) {
      String name = preset.getKey();
      entries.put(name, create(name, false, preset.getValue()));
    }
    for (Map.Entry<String, RateLimitOverrides> override : this.overrides.entrySet()) {
      String name = LimiterNames.check(override.getKey());
      if (override.getValue().definesLimiter() && !entries.containsKey(name)) {
        entries.put(name, create(name, false, null));
      }
    }
  }

  /** The limiter of this name, or null. */
  public @Nullable RateLimiter find(String name) {
    Entry entry = entries.get(name);
    return entry == null ? null : entry.limiter;
  }

  /** The core of the limiter of this name, or null. */
  public @Nullable LimiterCore findCore(String name) {
    Entry entry = entries.get(name);
    return entry == null ? null : entry.core;
  }

  /**
   * The limiter of this name.
   *
   * @throws UnknownLimiterException if there is none
   */
  @Override
  public RateLimiter get(String name) {
    RateLimiter limiter = find(name);
    Limiters next = heir;
    if (limiter == null && next != null) {
      return next.get(name);
    }
    if (limiter == null) {
      throw new UnknownLimiterException(unknown(name));
    }
    return limiter;
  }

  /**
   * Defines a limiter for the program. Where configuration gives its permits and period, the
   * limiter stays as configured.
   *
   * @return the limiter of this name; the same one where it is defined again alike
   * @throws IllegalArgumentException if the name is impossible, or what is configured doesn't go
   *     with {@code config}
   * @throws IllegalStateException if the program has defined it otherwise, or a preset of this name
   *     is in use already
   */
  @Override
  public RateLimiter register(String name, RateLimitConfig config) {
    LimiterNames.check(name);
    Objects.requireNonNull(config, "config");
    Limiters next;
    RateLimiter added = null;
    synchronized (entries) {
      next = heir;
      if (next == null) {
        Entry existing = entries.get(name);
        if (existing != null) {
          entries.put(name, redefine(existing, config));
          return existing.limiter;
        }
        Entry entry = create(name, true, config);
        entries.put(name, entry);
        added = entry.limiter;
      }
    }
    if (added == null) {
      return Objects.requireNonNull(next).register(name, config);
    }
    tell(added);
    return added;
  }

  /** The names that are defined, in alphabetical order; a copy. */
  public Set<String> names() {
    return new TreeSet<>(entries.keySet());
  }

  /** The counters of each limiter, in alphabetical order of the names; a copy. */
  @Override
  public Map<String, RateLimiterStats> stats() {
    Map<String, RateLimiterStats> stats = new TreeMap<>();
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      stats.put(entry.getKey(), entry.getValue().core.stats());
    }
    return Collections.unmodifiableMap(stats);
  }

  /**
   * Puts the limiter of this name into another mode.
   *
   * @throws UnknownLimiterException if there is none
   */
  public void mode(String name, LimiterMode mode) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new UnknownLimiterException(unknown(name));
    }
    entry.core.mode(mode);
  }

  /** Why a call to {@code name} fails, for an exception's message. */
  public String unknown(String name) {
    String message =
        "unknown limiter '%s'; defined are %s".formatted(name, String.join(", ", names()));
    return overrides.containsKey(name)
        ? message + "; configuration gives '" + name + "' no permits and period of its own"
        : message;
  }

  /**
   * Tells {@code listener} of each limiter, those that are there and those to come, each at least
   * once. Called on the defining thread; it must return at once and not throw.
   */
  @Override
  public void onDefined(Consumer<RateLimiter> listener) {
    listeners.add(listener);
    for (Entry entry : entries.values()) {
      listener.accept(entry.limiter);
    }
  }

  /**
   * Lays another configuration over what the limiters were defined as. Those of which it says
   * something else are reconfigured, with the share of tokens that they have; those that it adds
   * come.
   *
   * @return why, by the name of each limiter that stays as it was since it can't be so
   */
  public Map<String, String> configure(Map<String, RateLimitOverrides> newOverrides) {
    Map<String, String> kept = new TreeMap<>();
    List<RateLimiter> added = new ArrayList<>();
    synchronized (entries) {
      Map<String, RateLimitOverrides> before = overrides;
      overrides = Map.copyOf(newOverrides);
      for (Entry entry : entries.values()) {
        String name = entry.core.name();
        try {
          if (!Objects.equals(before.get(name), overrides.get(name))) {
            reconfigure(entry);
          }
        } catch (IllegalArgumentException e) {
          kept.put(name, String.valueOf(e.getMessage()));
        }
      }
      for (Map.Entry<String, RateLimitOverrides> override : overrides.entrySet()) {
        String name = LimiterNames.check(override.getKey());
        if (override.getValue().definesLimiter() && !entries.containsKey(name)) {
          Entry entry = create(name, false, null);
          entries.put(name, entry);
          added.add(entry.limiter);
        }
      }
    }
    for (RateLimiter limiter : added) {
      tell(limiter);
    }
    return kept;
  }

  private void reconfigure(Entry entry) {
    String name = entry.core.name();
    // One that only the configuration before defined stays: there may be calls to it.
    if (entry.base != null
        || overrides.getOrDefault(name, RateLimitOverrides.NONE).definesLimiter()) {
      entry.core.reconfigure(effective(name, entry.base));
    }
  }

  /**
   * Makes all limiters those of an agent that has come, which go on with what they have; whatever
   * is defined here later goes there.
   *
   * @return what isn't as it was, in lines for people
   */
  List<String> handOver(DoorClient agent) {
    List<String> notes = new ArrayList<>();
    synchronized (entries) {
      for (Entry entry : entries.values()) {
        Map<String, Object> values = new HashMap<>();
        if (entry.base != null) {
          values.put(Door.BASE, DoorTypes.of(entry.base));
        }
        values.put(Door.BY_PROGRAM, entry.byProgram);
        String name = entry.core.name();
        try {
          String note = agent.adopt(entry.core, entry.limiter, values);
          if (note != null) {
            notes.add(note);
          }
        } catch (RuntimeException e) {
          notes.add("limiter '" + name + "' of the program's stays its own: " + e);
        }
      }
      heir = agent;
    }
    return notes;
  }

  /**
   * Goes on with what a limiter of this name has in a copy of this library that ran by itself.
   * Configuration is laid over what that had.
   *
   * @return what isn't as it was there, or null
   */
  @Nullable String adopt(String name, Map<String, Object> values) {
    LimiterNames.check(name);
    RateLimitConfig config = DoorTypes.handedOver(values);
    RateLimitConfig base = DoorTypes.base(values);
    boolean byProgram = Boolean.TRUE.equals(values.get(Door.BY_PROGRAM));
    RateLimiter added = null;
    String note = null;
    synchronized (entries) {
      Entry existing = entries.get(name);
      if (existing == null) {
        Entry entry = new Entry(byProgram, base, new LocalCore(name, config, ticker));
        entry.core.takeOver(values);
        note = layOver(entry.core, config);
        entries.put(name, entry);
        added = entry.limiter;
      } else if (!existing.byProgram && existing.core.redefineIfUntouched(config)) {
        existing.core.takeOver(values);
        note = layOver(existing.core, config);
        entries.put(name, new Entry(byProgram, base, existing.core, existing.limiter));
      } else {
        existing.core.takeOver(values);
        if (!Objects.equals(base, existing.base)) {
          note =
              "limiter '%s' is %s already, and stays so; the program had it as %s"
                  .formatted(name, describe(existing.core.config()), describe(config));
        }
      }
    }
    if (added != null) {
      tell(added);
    }
    return note;
  }

  private @Nullable String layOver(LocalCore core, RateLimitConfig config) {
    RateLimitOverrides configured = overrides.get(core.name());
    if (configured == null) {
      return null;
    }
    try {
      core.reconfigure(configured.over(config));
      return null;
    } catch (IllegalArgumentException e) {
      return "limiter '%s' stays as the program has it: %s".formatted(core.name(), e.getMessage());
    }
  }

  private void tell(RateLimiter added) {
    for (Consumer<RateLimiter> listener : listeners) {
      listener.accept(added);
    }
  }

  /** Ends what {@link #onDefined} began. */
  public void forget(Consumer<RateLimiter> listener) {
    listeners.remove(listener);
  }

  private Entry create(String name, boolean byProgram, @Nullable RateLimitConfig base) {
    return new Entry(byProgram, base, new LocalCore(name, effective(name, base), ticker));
  }

  private Entry redefine(Entry existing, RateLimitConfig base) {
    String name = existing.core.name();
    RateLimitOverrides configured = overrides.getOrDefault(name, RateLimitOverrides.NONE);
    if (configured.definesLimiter()) {
      return existing;
    }
    if (base.equals(existing.base)) {
      return new Entry(true, base, existing.core, existing.limiter);
    }
    if (existing.byProgram) {
      throw new IllegalStateException(
          "limiter '%s' is defined as %s already; it can't be %s as well"
              .formatted(name, describe(existing.base), describe(base)));
    }
    if (!existing.core.redefineIfUntouched(effective(name, base))) {
      throw new IllegalStateException(
          "limiter '%s' is predefined as %s and in use already; it can't become %s"
              .formatted(name, describe(existing.base), describe(base)));
    }
    return new Entry(true, base, existing.core, existing.limiter);
  }

  private RateLimitConfig effective(String name, @Nullable RateLimitConfig base) {
    return overrides.getOrDefault(name, RateLimitOverrides.NONE).over(base);
  }

  private static String describe(@Nullable RateLimitConfig config) {
    return config == null
        ? "configured"
        : "%d for each %s, capacity %d, timeout %s, %s"
            .formatted(
                config.permits(),
                config.period(),
                config.capacity(),
                Durations.print(config.timeout()),
                config.mode());
  }

  /**
   * {@code byProgram}: the program defined it, and can't define it otherwise. {@code base} is what
   * was given before configuration; null where configuration gave it all.
   */
  private record Entry(
      boolean byProgram, @Nullable RateLimitConfig base, LocalCore core, RateLimiter limiter) {
    Entry(boolean byProgram, @Nullable RateLimitConfig base, LocalCore core) {
      this(byProgram, base, core, new CoreRateLimiter(core));
    }
  }
}
