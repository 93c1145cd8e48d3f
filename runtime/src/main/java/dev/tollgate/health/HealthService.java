package dev.tollgate.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The health of a JVM, wherever it is watched. See {@link Health} for what each does. */
interface HealthService extends HealthView {
  /** Without options, those that are configured for all. */
  void check(String name, HealthCheck check, @Nullable CheckOptions options);

  void watch(String name, CacheSource cache);

  void watch(String name, CircuitBreakerSource breaker);

  boolean remove(String name);

  Heartbeat heartbeat(String name, Duration longestSilence);

  HealthStatus status();

  boolean isReady();

  boolean isLive();
}
