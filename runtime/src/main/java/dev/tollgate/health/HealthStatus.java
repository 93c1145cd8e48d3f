package dev.tollgate.health;

/** How well something is, from best to worst. */
public enum HealthStatus {
  /** All is as it should be. */
  HEALTHY(0),
  /** It works, but somebody should look. */
  DEGRADED(1),
  /** It doesn't work, or is about to stop. */
  UNHEALTHY(2);

  private final int code;

  HealthStatus(int code) {
    this.code = code;
  }

  /** The same as a number, for whoever can't read texts: 0, 1 or 2. */
  public int code() {
    return code;
  }

  /** The worse of the two. */
  public HealthStatus or(HealthStatus other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
