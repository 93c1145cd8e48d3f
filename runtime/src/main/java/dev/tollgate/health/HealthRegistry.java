package dev.tollgate.health;

import dev.tollgate.limiter.LimiterMode;
import dev.tollgate.limiter.RateLimiterStats;
import dev.tollgate.limiter.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the health of this JVM, in the background, from {@link #start} on. Reading what it found
 * takes no lock and runs nothing.
 */
public final class HealthRegistry implements HealthService, AutoCloseable {
  /** A refresh waits no longer, whatever time-outs the checks have. */
  private static final Duration LONGEST_REFRESH = Duration.ofSeconds(30);

  private static final Duration LONGEST_SILENCE = Duration.ofDays(366);

  private final HealthConfig config;
  private final Liveness liveness;
  private final HealthThread thread;
  private final ExecutorService checks = Threads.forChecks();
  private final ExecutorService changes = Threads.forChanges();
  private final Announcer announcer = new Announcer(changes);
  private final HealthEngine engine;

  /**
   * @param limiters the counters of each limiter, by its name; asked in the background
   * @param modes the mode of a limiter that has counters, by its name; asked in the background
   */
  public HealthRegistry(
      HealthConfig config,
      Supplier<Map<String, RateLimiterStats>> limiters,
      Function<String, LimiterMode> modes,
      Ticker ticker) {
    this.config = config;
    this.thread = new HealthThread(ticker);
    this.liveness = new Liveness(new ActiveClock(ticker), new Deadlocks());
    this.engine = new HealthEngine(Clock.systemUTC(), checks, liveness, announcer, thread);
    DefaultChecks.addTo(this::checkOfOurs, config, limiters, modes, ticker);
  }

  /** Begins to look. To be called once. */
  public void start() {
    thread.start(engine);
  }

  /** Looks no longer; what was found last stays. Its threads end, but for checks that hang. */
  @Override
  public void close() {
    thread.stop();
    checks.shutdown();
    changes.shutdown();
  }

  @Override
  public Runnable addListener(HealthListener listener) {
    return announcer.add(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Runs {@code check} from now on.
   *
   * @param name a letter, then letters, digits and {@code _ - . : /}
   * @param options those that configuration doesn't give; null for what is configured for all
   * @throws IllegalArgumentException if the name is impossible
   * @throws IllegalStateException if there is a check of this name
   */
  @Override
  public void check(String name, HealthCheck check, @Nullable CheckOptions options) {
    Objects.requireNonNull(check, "check");
    CheckOptions base = options == null ? config.defaultOptions() : options;
    engine.add(CheckNames.check(name), check, config.optionsOf(name, base));
  }

  /**
   * A check of Tollgate's own, called after whatever paths and tools are configured. It keeps
   * nothing of the caller, who may be whatever web application asked first.
   */
  public void checkOfOurs(String name, HealthCheck check) {
    engine.add(
        name,
        check,
        config.optionsOf(name, config.defaultOptions()),
        HealthRegistry.class.getClassLoader());
  }

  /** Watches a cache's hit rate as the check {@code cache:NAME}. */
  @Override
  public void watch(String name, CacheSource cache) {
    check("cache:" + name, new CacheCheck(cache, config), null);
  }

  /** Watches a circuit breaker as the check {@code circuit-breaker:NAME}. */
  @Override
  public void watch(String name, CircuitBreakerSource breaker) {
    check("circuit-breaker:" + name, new CircuitBreakerCheck(breaker), null);
  }

  /** Ends a check; says whether there was one of this name. */
  @Override
  public boolean remove(String name) {
    return engine.remove(name);
  }

  /**
   * Watches a loop of the program.
   *
   * @param longestSilence more than 0, at most 366 days
   */
  @Override
  public Heartbeat heartbeat(String name, Duration longestSilence) {
    if (longestSilence.isNegative()
        || longestSilence.isZero()
        || longestSilence.compareTo(LONGEST_SILENCE) > 0) {
      throw new IllegalArgumentException(
          "longestSilence is " + longestSilence + "; it must be more than 0 and at most 366 days");
    }
    Heartbeat heartbeat = liveness.heartbeat(CheckNames.check(name), longestSilence);
    thread.run();
    return heartbeat;
  }

  @Override
  public HealthReport report() {
    return engine.report();
  }

  @Override
  public HealthReport refresh() throws InterruptedException {
    if (thread.isStopped()) {
      return report();
    }
    CompletableFuture<HealthReport> done = engine.refresh();
    try {
      return done.get(LONGEST_REFRESH.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return report();
    } finally {
      done.cancel(false);
    }
  }

  @Override
  public HealthStatus status() {
    return engine.report().status();
  }

  @Override
  public boolean isReady() {
    return engine.report().ready();
  }

  @Override
  public boolean isLive() {
    return engine.report().live();
  }
}
