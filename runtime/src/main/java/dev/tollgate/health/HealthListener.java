package dev.tollgate.health;

/** Told of changes of status, readiness or liveness, and of nothing else. */
@FunctionalInterface
public interface HealthListener {

  /** Called on the thread that publishes reports; it must return at once and not throw. */
  void changed(HealthReport before, HealthReport after);
}
