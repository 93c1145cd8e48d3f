package dev.tollgate.health;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where configuration says that nothing is to be watched: nothing is, and all is taken as well. */
class NoHealth implements HealthService {
  private static final HealthReport REPORT =
      new HealthReport(HealthStatus.HEALTHY, true, List.of(), true, List.of(), List.of());

  private static final Heartbeat HEARTBEAT =
      new Heartbeat() {
        @Override
        public void beat() {}

        @Override
        public void close() {}
      };

  @Override
  public void check(String name, HealthCheck check, @Nullable CheckOptions options) {
    CheckNames.check(name);
  }

  @Override
  public void watch(String name, CacheSource cache) {
    CheckNames.check(name);
  }

  @Override
  public void watch(String name, CircuitBreakerSource breaker) {
    CheckNames.check(name);
  }

  @Override
  public boolean remove(String name) {
    return false;
  }

  @Override
  public Heartbeat heartbeat(String name, Duration longestSilence) {
    CheckNames.check(name);
    return HEARTBEAT;
  }

  @Override
  public HealthReport report() {
    return REPORT;
  }

  @Override
  public HealthReport refresh() {
    return REPORT;
  }

  @Override
  public Runnable addListener(HealthListener listener) {
    return () -> {};
  }

  @Override
  public HealthStatus status() {
    return REPORT.status();
  }

  @Override
  public boolean isReady() {
    return REPORT.ready();
  }

  @Override
  public boolean isLive() {
    return REPORT.live();
  }
}
