package dev.tollgate.health;

import java.util.Objects;

/**
 * What a {@link HealthCheck} found.
 *
 * @param status how well it is
 * @param detail what was found, for people: "4.2 GB of 80 GB free"; may be empty
 * @param ready whether the process may get traffic, as far as this check can tell
 */
public record HealthResult(HealthStatus status, String detail, boolean ready) {

  /** Neither may be null. */
  public HealthResult {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(detail, "detail");
  }

  /** All is well, and there is nothing to say about it. */
  public static HealthResult healthy() {
    return healthy("");
  }

  /** All is well. */
  public static HealthResult healthy(String detail) {
    return new HealthResult(HealthStatus.HEALTHY, detail, true);
  }

  /** It works, but somebody should look. */
  public static HealthResult degraded(String detail) {
    return new HealthResult(HealthStatus.DEGRADED, detail, true);
  }

  /** It doesn't work, or is about to stop. Only a critical check takes readiness away by this. */
  public static HealthResult unhealthy(String detail) {
    return new HealthResult(HealthStatus.UNHEALTHY, detail, true);
  }

  /** The same, and the process must get no traffic, whether or not the check is critical. */
  public HealthResult notReady() {
    return new HealthResult(status, detail, false);
  }
}
