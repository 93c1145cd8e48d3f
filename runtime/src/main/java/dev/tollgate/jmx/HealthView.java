package dev.tollgate.jmx;

import dev.tollgate.health.HealthListener;
import dev.tollgate.health.HealthReport;

/** What the health bean shows. Used by many threads, at any time. */
public interface HealthView {

  /** The last report; runs no check. */
  HealthReport report();

  /** Runs all checks now. */
  void refresh();

  /** {@code listener} is told of each change from now on. */
  void addListener(HealthListener listener);
}
