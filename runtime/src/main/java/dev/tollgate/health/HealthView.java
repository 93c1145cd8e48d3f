package dev.tollgate.health;

/** What a process shows of its health. Used by many threads, at any time. */
public interface HealthView {

  /** What was found last; at once, and without running a check. */
  HealthReport report();

  /**
   * Runs all checks in the background and waits for them, for at most 30 s.
   *
   * @return what they found, or what is known if that took too long
   */
  HealthReport refresh() throws InterruptedException;

  /** Tells {@code listener} of each change from now on, until what this returns is run. */
  Runnable addListener(HealthListener listener);
}
