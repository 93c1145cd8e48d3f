package dev.tollgate.health;

/** Told of changes of status, readiness or liveness, and of nothing else. */
@FunctionalInterface
public interface HealthListener {

  /** Called in the background, of one change after another; one that hangs holds up the others. */
  void changed(HealthReport before, HealthReport after);
}
