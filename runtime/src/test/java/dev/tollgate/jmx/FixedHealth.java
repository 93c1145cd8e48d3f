package dev.tollgate.jmx;

import dev.tollgate.health.CheckReport;
import dev.tollgate.health.HealthListener;
import dev.tollgate.health.HealthReport;
import dev.tollgate.health.HealthStatus;
import dev.tollgate.health.HealthView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Health that changes when a test says so. */
final class FixedHealth implements HealthView {
  final List<HealthListener> listeners = new CopyOnWriteArrayList<>();
  private volatile HealthReport report;
  int refreshes;

  FixedHealth(HealthReport report) {
    this.report = report;
  }

  static HealthReport of(HealthStatus status, CheckReport... checks) {
    return new HealthReport(status, true, List.of(), true, List.of(), List.of(checks));
  }

  static CheckReport check(String name, HealthStatus status, String detail) {
    return new CheckReport(
        name, status, detail, false, Duration.ofNanos(1_250_500), Instant.EPOCH, false);
  }

  void become(HealthReport next) {
    HealthReport before = report;
    report = next;
    listeners.forEach(listener -> listener.changed(before, next));
  }

  @Override
  public HealthReport report() {
    return report;
  }

  @Override
  public HealthReport refresh() {
    refreshes++;
    return report;
  }

  @Override
  public Runnable addListener(HealthListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
