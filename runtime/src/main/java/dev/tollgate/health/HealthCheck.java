package dev.tollgate.health;

/**
 * Looks at one thing. Called on a thread of its own in the background, never twice at a time; when
 * it takes longer than its timeout, the thread is interrupted and its answer is not waited for.
 */
@FunctionalInterface
public interface HealthCheck {

  /**
   * Looks now.
   *
   * @return not null
   * @throws Exception where it can't tell: shown as {@link HealthStatus#DEGRADED}, or as {@link
   *     HealthStatus#UNHEALTHY} if the check is critical
   */
  HealthResult check() throws Exception;
}
