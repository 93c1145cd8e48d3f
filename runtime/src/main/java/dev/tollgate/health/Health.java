package dev.tollgate.health;

import dev.tollgate.limiter.Door;
import dev.tollgate.limiter.RateLimiters;
import dev.tollgate.limiter.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The health of this JVM. Under the agent it is the one that the agent watches and configures,
 * whichever class loader this class came from; without it, each copy of this class watches its own,
 * from the first call on. Nothing here ever runs a check on the caller's thread.
 */
public final class Health {
  private static volatile @Nullable HealthService service;

  private Health() {}

  /**
   * Begins to watch as {@code config} says, without the agent. To be called before anything else
   * here; whoever doesn't gets {@link HealthConfig#DEFAULT}.
   *
   * @throws IllegalStateException if it has begun already, or the agent watches this JVM
   */
  public static void start(HealthConfig config) {
    synchronized (Health.class) {
      if (service != null || agents() != null) {
        throw new IllegalStateException(
            "the health of this JVM is watched already; start it before anything else, and not"
                + " under the agent, which has a configuration of its own");
      }
      service = own(config);
    }
  }

  /** Runs {@code check} from now on, as often as is configured. See the other method. */
  public static void check(String name, HealthCheck check) {
    service().check(name, Objects.requireNonNull(check, "check"), null);
  }

  /**
   * Runs {@code check} from now on, in the background.
   *
   * @param name a letter, then letters, digits and {@code _ - . : /}
   * @param options where configuration says nothing of a check of this name
   * @throws IllegalArgumentException if the name is impossible
   * @throws IllegalStateException if there is a check of this name already
   */
  public static void check(String name, HealthCheck check, CheckOptions options) {
    service()
        .check(
            name,
            Objects.requireNonNull(check, "check"),
            Objects.requireNonNull(options, "options"));
  }

  /**
   * Watches what the application has already: a Caffeine cache that records statistics, a
   * Resilience4j circuit breaker or registry of them, a {@link CacheSource} or a {@link
   * CircuitBreakerSource}. The check is named {@code cache:NAME} or {@code circuit-breaker:NAME}.
   *
   * @throws IllegalArgumentException if it is anything else, or the name is impossible
   * @throws IllegalStateException if there is a check of this name already
   */
  public static void watch(String name, Object source) {
    Sources.watch(service(), name, Objects.requireNonNull(source, "source"));
  }

  /** Ends a check; says whether there was one of this name. */
  public static boolean remove(String name) {
    return service().remove(name);
  }

  /**
   * Watches a loop of the program: while the heartbeat is open and doesn't beat for longer than
   * {@code longestSilence}, the JVM is not live, and may be restarted.
   *
   * @throws IllegalArgumentException if the name is impossible, or the silence not more than 0, or
   *     longer than 366 days
   */
  public static Heartbeat heartbeat(String name, Duration longestSilence) {
    return service().heartbeat(name, longestSilence);
  }

  /** What was found last; at once. */
  public static HealthReport report() {
    return service().report();
  }

  /**
   * Runs all checks in the background and waits for them, for at most 30 s.
   *
   * @return what they found, or what is known if that took too long
   */
  public static HealthReport refresh() throws InterruptedException {
    return service().refresh();
  }

  /**
   * Tells {@code listener} of each change of status, readiness or liveness from now on, in the
   * background.
   *
   * @return run it to end that
   */
  public static Runnable addListener(HealthListener listener) {
    return service().addListener(Objects.requireNonNull(listener, "listener"));
  }

  /** All of it as an object, for whoever shows it. */
  public static HealthView view() {
    return service();
  }

  /** The worst of all checks, as found last; at once. */
  public static HealthStatus status() {
    return service().status();
  }

  /**
   * Whether this JVM may get traffic, as found last; at once. Not before the first checks ended.
   */
  public static boolean isReady() {
    return service().isReady();
  }

  /** False if a restart is what this JVM needs, as found last; at once. */
  public static boolean isLive() {
    return service().isLive();
  }

  private static HealthService service() {
    HealthService known = service;
    return known == null ? find() : known;
  }

  private static synchronized HealthService find() {
    HealthService known = service;
    if (known == null) {
      HealthService agents = agents();
      known = agents == null ? own(HealthConfig.DEFAULT) : agents;
      service = known;
    }
    return known;
  }

  private static @Nullable HealthService agents() {
    Map<String, Object> door = Door.find();
    return door == null ? null : HealthDoor.enter(door);
  }

  private static HealthService own(HealthConfig config) {
    if (!config.enabled()) {
      return new NoHealth();
    }
    HealthRegistry registry =
        new HealthRegistry(
            config,
            RateLimiters::stats,
            name -> RateLimiters.get(name).config().mode(),
            Ticker.system());
    registry.addListener(new ChangeLog());
    registry.start();
    return registry;
  }
}
