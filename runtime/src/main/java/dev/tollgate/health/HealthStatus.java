package dev.tollgate.health;

/** How well something is, from best to worst. */
public enum HealthStatus {
  /** All is as it should be. */
  HEALTHY,
  /** It works, but somebody should look. */
  DEGRADED,
  /** It doesn't work, or is about to stop. */
  UNHEALTHY;

  /** The same as a number, for whoever can't read texts: 0, 1 or 2. */
  public int code() {
    return ordinal();
  }

  /** The worse of the two. */
  public HealthStatus or(HealthStatus other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
