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
  private final CopyOnWriteArrayList<Consumer<RateLimiter>> listeners =
      new CopyOnWriteArrayList<>();

  // All below are written under the lock.
  private final Object lock = new Object();
  private volatile ConfiguredLimits configured;

  /** Null until somebody asks: before a program that limits nothing, no bucket is made. */
  private volatile @Nullable ConcurrentHashMap<String, LimiterEntry> made;

  /** Who has the limiters since they were handed over. */
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
    this.configured = new ConfiguredLimits(overrides);
    configured.check();
  }

  /** The limiter of this name, or null. */
  public @Nullable RateLimiter find(String name) {
    LimiterEntry entry = entries().get(name);
    return entry == null ? null : entry.limiter();
  }

  /** The core of the limiter of this name, or null. */
  public @Nullable KeyedCore findCore(String name) {
    LimiterEntry entry = entries().get(name);
    return entry == null ? null : entry.core();
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
    synchronized (lock) {
      next = heir;
      if (next == null) {
        LimiterEntry existing = entries().get(name);
        if (existing != null) {
          entries().put(name, redefine(existing, config));
          return existing.limiter();
        }
        LimiterEntry entry = create(name, true, config);
        entries().put(name, entry);
        added = entry.limiter();
      }
    }
    if (added == null) {
      return Objects.requireNonNull(next).register(name, config);
    }
    tellListeners(List.of(added));
    return added;
  }

  /**
   * Takes {@code fresh} in place of the overrides so far. Only limiters whose overrides differ are
   * touched: one that the program has changed meanwhile stays so while the configuration says of it
   * what it said before. Without overrides a limiter is again what the program or its preset says;
   * where nothing else defines it, it stays as it was.
   *
   * @return what changed, in alphabetical order of the names
   * @throws IllegalArgumentException if a name is impossible, or values don't go with what they are
   *     laid over; nothing is changed then
   */
  public List<LimiterChange> reload(Map<String, RateLimitOverrides> fresh) {
    ConfiguredLimits next = new ConfiguredLimits(fresh);
    List<LimiterChange> changes;
    List<RateLimiter> added = new ArrayList<>();
    synchronized (lock) {
      changes = ChangePlan.of(entries(), configured, next);
      configured = next;
      for (LimiterChange change : changes) {
        RateLimiter defined = apply(change);
        if (defined != null) {
          added.add(defined);
        }
      }
    }
    tellListeners(added);
    return changes;
  }

  /** The limiter, where it is a new one. */
  private @Nullable RateLimiter apply(LimiterChange change) {
    RateLimitConfig after = change.after();
    if (after == null) {
      return null;
    }
    LimiterEntry entry = entries().get(change.name());
    if (entry != null) {
      entry.core().reconfigure(after);
      return null;
    }
    LimiterEntry defined =
        new LimiterEntry(false, null, new LocalCore(change.name(), after, ticker));
    entries().put(change.name(), defined);
    return defined.limiter();
  }

  private void tellListeners(List<RateLimiter> added) {
    for (RateLimiter limiter : added) {
      for (Consumer<RateLimiter> listener : listeners) {
        listener.accept(limiter);
      }
    }
  }

  /** How many there are. Makes none. */
  public int size() {
    Map<String, LimiterEntry> entries = made;
    return entries == null ? configured.predefined().size() : entries.size();
  }

  /** The names that are defined, in alphabetical order; a copy. */
  public Set<String> names() {
    return new TreeSet<>(entries().keySet());
  }

  /** The counters of each limiter, in alphabetical order of the names; a copy. */
  @Override
  public Map<String, RateLimiterStats> stats() {
    Map<String, RateLimiterStats> stats = new TreeMap<>();
    for (Map.Entry<String, LimiterEntry> entry : entries().entrySet()) {
      stats.put(entry.getKey(), entry.getValue().core().stats());
    }
    return Collections.unmodifiableMap(stats);
  }

  /**
   * Puts the limiter of this name into another mode.
   *
   * @throws UnknownLimiterException if there is none
   */
  public void mode(String name, LimiterMode mode) {
    LimiterEntry entry = entries().get(name);
    if (entry == null) {
      throw new UnknownLimiterException(unknown(name));
    }
    entry.core().mode(mode);
  }

  /** Why a call to {@code name} fails, for an exception's message. */
  public String unknown(String name) {
    String message =
        "unknown limiter '%s'; defined are %s".formatted(name, String.join(", ", names()));
    return configured.find(name) != null
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
    for (LimiterEntry entry : entries().values()) {
      listener.accept(entry.limiter());
    }
  }

  /**
   * Makes all limiters those of an agent that has come, which go on with what they have; whatever
   * is defined here later goes there.
   *
   * @return what isn't as it was, in lines for people
   */
  List<String> handOver(DoorClient agent) {
    synchronized (lock) {
      List<String> notes = Succession.handOver(entries().values(), agent);
      heir = agent;
      return notes;
    }
  }

  /**
   * Goes on with what a limiter of this name has in a copy of this library that ran by itself.
   * Configuration is laid over what that had.
   *
   * @return what isn't as it was there, or null
   */
  @Nullable String adopt(String name, Map<String, Object> values) {
    LimiterNames.check(name);
    LimiterEntry existing;
    Succession.Adopted adopted;
    synchronized (lock) {
      existing = entries().get(name);
      adopted = new Succession(configured, ticker).adopt(name, existing, values);
      entries().put(name, adopted.entry());
    }
    if (existing == null) {
      tellListeners(List.of(adopted.entry().limiter()));
    }
    return adopted.note();
  }

  /** Ends what {@link #onDefined} began. */
  public void forget(Consumer<RateLimiter> listener) {
    listeners.remove(listener);
  }

  /** Where none is made yet, those that there are from the beginning are now. */
  private ConcurrentHashMap<String, LimiterEntry> entries() {
    ConcurrentHashMap<String, LimiterEntry> entries = made;
    if (entries == null) {
      synchronized (lock) {
        entries = made;
        if (entries == null) {
          entries = new ConcurrentHashMap<>();
          for (String name : configured.predefined()) {
            entries.put(name, create(name, false, Presets.byName().get(name)));
          }
          made = entries;
        }
      }
    }
    return entries;
  }

  private LimiterEntry create(String name, boolean byProgram, @Nullable RateLimitConfig base) {
    return new LimiterEntry(
        byProgram, base, new LocalCore(name, configured.over(name, base), ticker));
  }

  /** What {@code base} says is kept even where configuration wins: it may not always. */
  private LimiterEntry redefine(LimiterEntry existing, RateLimitConfig base) {
    String name = existing.core().name();
    if (configured.defines(name)) {
      return existing.byProgram() ? existing : existing.definedBy(base);
    }
    if (base.equals(existing.base())) {
      return existing.definedBy(base);
    }
    if (existing.byProgram()) {
      throw new IllegalStateException(
          "limiter '%s' is defined as %s already; it can't be %s as well"
              .formatted(
                  name, LimiterEntry.describe(existing.base()), LimiterEntry.describe(base)));
    }
    RateLimitConfig config = configured.over(name, base);
    if (existing.base() == null) {
      // Configuration defined it and doesn't any longer.
      existing.core().reconfigure(config);
    } else if (!existing.core().redefineIfUntouched(config)) {
      throw new IllegalStateException(
          "limiter '%s' is predefined as %s and in use already; it can't become %s"
              .formatted(
                  name, LimiterEntry.describe(existing.base()), LimiterEntry.describe(base)));
    }
    return existing.definedBy(base);
  }
}
