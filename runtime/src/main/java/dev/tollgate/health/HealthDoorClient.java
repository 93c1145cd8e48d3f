package dev.tollgate.health;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
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

/** The agent's health, for this copy of the library. */
@SuppressWarnings("unchecked") // What stands behind a name of the door is fixed by its protocol.
final class HealthDoorClient implements HealthService {
  private static final HealthStatus[] STATUS_BY_CODE = HealthStatus.values();

  private final BiConsumer<String, Object[]> check;
  private final BiConsumer<String, LongSupplier[]> watchCache;
  private final BiConsumer<String, Object[]> watchBreaker;
  private final Predicate<String> remove;
  private final BiFunction<String, Duration, Runnable[]> heartbeat;
  private final Supplier<Object[]> report;
  private final Callable<Object[]> refresh;
  private final Function<BiConsumer<Object[], Object[]>, Runnable> listen;
  private final IntSupplier status;
  private final BooleanSupplier ready;
  private final BooleanSupplier live;

  HealthDoorClient(Map<String, Object> door) {
    check = (BiConsumer<String, Object[]>) handle(door, HealthDoor.CHECK);
    watchCache = (BiConsumer<String, LongSupplier[]>) handle(door, HealthDoor.WATCH_CACHE);
    watchBreaker = (BiConsumer<String, Object[]>) handle(door, HealthDoor.WATCH_BREAKER);
    remove = (Predicate<String>) handle(door, HealthDoor.REMOVE);
    heartbeat = (BiFunction<String, Duration, Runnable[]>) handle(door, HealthDoor.HEARTBEAT);
    report = (Supplier<Object[]>) handle(door, HealthDoor.REPORT);
    refresh = (Callable<Object[]>) handle(door, HealthDoor.REFRESH);
    listen = (Function<BiConsumer<Object[], Object[]>, Runnable>) handle(door, HealthDoor.LISTEN);
    status = (IntSupplier) handle(door, HealthDoor.STATUS);
    ready = (BooleanSupplier) handle(door, HealthDoor.READY);
    live = (BooleanSupplier) handle(door, HealthDoor.LIVE);
  }

  @Override
  public void check(String name, HealthCheck checked, @Nullable CheckOptions options) {
    check.accept(name, new Object[] {HealthDoorTypes.of(checked), HealthDoorTypes.of(options)});
  }

  @Override
  public void watch(String name, CacheSource cache) {
    watchCache.accept(name, new LongSupplier[] {cache::hits, cache::misses});
  }

  @Override
  public void watch(String name, CircuitBreakerSource breaker) {
    BooleanSupplier open = breaker::isOpen;
    Supplier<String> state = breaker::state;
    watchBreaker.accept(name, new Object[] {open, state});
  }

  @Override
  public boolean remove(String name) {
    return remove.test(name);
  }

  @Override
  public Heartbeat heartbeat(String name, Duration longestSilence) {
    return HealthDoorTypes.heartbeat(heartbeat.apply(name, longestSilence));
  }

  @Override
  public HealthReport report() {
    return HealthDoorTypes.report(report.get());
  }

  @Override
  public HealthReport refresh() throws InterruptedException {
    try {
      return HealthDoorTypes.report(refresh.call());
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Runnable addListener(HealthListener listener) {
    return listen.apply(HealthDoorTypes.of(listener));
  }

  @Override
  public HealthStatus status() {
    return STATUS_BY_CODE[status.getAsInt()];
  }

  @Override
  public boolean isReady() {
    return ready.getAsBoolean();
  }

  @Override
  public boolean isLive() {
    return live.getAsBoolean();
  }

  private static Object handle(Map<String, Object> door, String name) {
    return Objects.requireNonNull(door.get(name), name);
  }
}
