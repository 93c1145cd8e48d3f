package dev.tollgate.limiter;

import dev.tollgate.UnknownLimiterException;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The agent's limiters, for this copy of the library. */
@SuppressWarnings("unchecked") // What stands behind a name of the door is fixed by its protocol.
final class DoorClient implements Limiters {
  private final Map<String, Object> door;
  private final ConcurrentHashMap<String, RateLimiter> found = new ConcurrentHashMap<>();

  /**
   * @throws IllegalStateException if the agent speaks another version of the protocol
   */
  DoorClient(Map<String, Object> door) {
    Object version = door.get(Door.PROTOCOL);
    if (!Objects.equals(version, Door.PROTOCOL_VERSION)) {
      throw new IllegalStateException(
          "the Tollgate agent in this JVM speaks protocol %s, this tollgate-runtime %s: use both in the same version"
              .formatted(version, Door.PROTOCOL_VERSION));
    }
    this.door = door;
  }

  @Override
  public RateLimiter get(String name) {
    RateLimiter known = found.get(name);
    if (known != null) {
      return known;
    }
    Function<String, @Nullable Map<String, Object>> find =
        (Function<String, @Nullable Map<String, Object>>) handle(Door.FIND);
    Map<String, Object> handles = find.apply(name);
    if (handles == null) {
      Function<String, String> unknown = (Function<String, String>) handle(Door.UNKNOWN);
      throw new UnknownLimiterException(unknown.apply(name));
    }
    return remember(name, handles);
  }

  @Override
  public RateLimiter register(String name, RateLimitConfig config) {
    BiFunction<String, Map<String, Object>, Map<String, Object>> register =
        (BiFunction<String, Map<String, Object>, Map<String, Object>>) handle(Door.REGISTER);
    return remember(name, register.apply(name, DoorTypes.of(config)));
  }

  @Override
  public Map<String, RateLimiterStats> stats() {
    Map<String, RateLimiterStats> stats = new TreeMap<>();
    for (String name : ((Supplier<Collection<String>>) handle(Door.NAMES)).get()) {
      stats.put(name, get(name).stats());
    }
    return Collections.unmodifiableMap(stats);
  }

  @Override
  public void onDefined(Consumer<RateLimiter> listener) {
    for (String name : ((Supplier<Collection<String>>) handle(Door.NAMES)).get()) {
      listener.accept(get(name));
    }
  }

  /**
   * Has the agent go on with what {@code core} has. Whoever holds {@code limiter}, which is over
   * it, holds the agent's then.
   *
   * @param values more about it than the core knows; see {@link Door#ADOPT}
   * @return what isn't as it was, or null
   */
  @Nullable String adopt(LocalCore core, RateLimiter limiter, Map<String, Object> values) {
    BiFunction<String, Map<String, Object>, Map<String, Object>> adopt =
        (BiFunction<String, Map<String, Object>, Map<String, Object>>) handle(Door.ADOPT);
    String[] note = new String[1];
    core.handOver(
        state -> {
          state.putAll(values);
          Map<String, Object> handles = adopt.apply(core.name(), state);
          note[0] = (String) handles.get(Door.NOTE);
          return new DoorCore(core.name(), handles);
        });
    found.put(core.name(), limiter);
    return note[0];
  }

  private RateLimiter remember(String name, Map<String, Object> handles) {
    return found.computeIfAbsent(name, key -> new CoreRateLimiter(new DoorCore(key, handles)));
  }

  private Object handle(String name) {
    return Objects.requireNonNull(door.get(name), name);
  }
}
