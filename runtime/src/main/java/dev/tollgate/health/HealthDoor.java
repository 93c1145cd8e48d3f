package dev.tollgate.health;

import static java.util.Map.entry;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The agent's health for copies of this library in other class loaders, as functions over JDK types
 * by name, in the same door as the limiters and under the same protocol. {@link HealthDoorClient}
 * is the other end.
 */
public final class HealthDoor {
  /**
   * In the agent's door: {@code Supplier<Map<String, Object>>}, which brings up what is behind it
   * when it is first asked; of null where nothing is watched.
   */
  public static final String NAME = "health";

  static final String CHECK = "check"; // BiConsumer<String, Object[] {Callable, options or null}>
  static final String WATCH_CACHE = "watchCache"; // BiConsumer<String, LongSupplier[]>
  static final String WATCH_BREAKER = "watchBreaker"; // BiConsumer<String, Object[]>
  static final String REMOVE = "remove"; // Predicate<String>
  static final String HEARTBEAT = "heartbeat"; // BiFunction<String, Duration, Runnable[]>
  static final String REPORT = "report"; // Supplier<Object[]>
  static final String REFRESH = "refresh"; // Callable<Object[]>
  static final String LISTEN = "listen"; // Function<BiConsumer<Object[], Object[]>, Runnable>
  static final String STATUS = "status"; // IntSupplier
  static final String READY = "ready"; // BooleanSupplier
  static final String LIVE = "live"; // BooleanSupplier

  private HealthDoor() {}

  /** The door to {@code health}; unmodifiable. */
  public static Map<String, Object> to(HealthRegistry health) {
    BiConsumer<String, Object[]> check =
        (name, given) ->
            health.check(name, HealthDoorTypes.check(given[0]), HealthDoorTypes.options(given[1]));
    BiConsumer<String, LongSupplier[]> watchCache =
        (name, counters) -> health.watch(name, HealthDoorTypes.cache(counters));
    BiConsumer<String, Object[]> watchBreaker =
        (name, state) -> health.watch(name, HealthDoorTypes.breaker(state));
    Predicate<String> remove = health::remove;
    BiFunction<String, Duration, Runnable[]> heartbeat =
        (name, longest) -> HealthDoorTypes.of(health.heartbeat(name, longest));
    Supplier<Object[]> report = () -> HealthDoorTypes.of(health.report());
    Callable<Object[]> refresh = () -> HealthDoorTypes.of(health.refresh());
    Function<BiConsumer<Object[], Object[]>, Runnable> listen =
        listener -> health.addListener(HealthDoorTypes.listener(listener));
    IntSupplier status = () -> health.status().code();
    BooleanSupplier ready = health::isReady;
    BooleanSupplier live = health::isLive;
    return Map.ofEntries(
        entry(CHECK, check),
        entry(WATCH_CACHE, watchCache),
        entry(WATCH_BREAKER, watchBreaker),
        entry(REMOVE, remove),
        entry(HEARTBEAT, heartbeat),
        entry(REPORT, report),
        entry(REFRESH, refresh),
        entry(LISTEN, listen),
        entry(STATUS, status),
        entry(READY, ready),
        entry(LIVE, live));
  }

  /** The health behind the agent's door; null if that agent knows nothing of health. */
  @SuppressWarnings("unchecked") // What stands behind a name of the door is fixed by its protocol.
  static @Nullable HealthService enter(Map<String, Object> door) {
    Object health = door.get(NAME);
    if (health == null) {
      return null;
    }
    Map<String, Object> handles = ((Supplier<@Nullable Map<String, Object>>) health).get();
    return handles == null ? new NoHealth() : new HealthDoorClient(handles);
  }
}
