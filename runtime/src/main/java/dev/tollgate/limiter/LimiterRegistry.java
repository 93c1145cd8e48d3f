package dev.tollgate.limiter;

import dev.tollgate.UnknownLimiterException;
import java.util.ArrayList;
import java.util.Collections;
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
    RateLimiter added;
    synchronized (entries) {
      Entry existing = entries.get(name);
      if (existing != null) {
        entries.put(name, redefine(existing, config));
        return existing.limiter;
      }
      Entry entry = create(name, true, config);
      entries.put(name, entry);
      added = entry.limiter;
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
