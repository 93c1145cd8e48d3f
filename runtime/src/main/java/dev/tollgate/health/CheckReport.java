package dev.tollgate.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one check.
 *
 * @param name the check's name
 * @param status after hysteresis
 * @param detail what was found last, for people; may be empty
 * @param critical whether the process must get no traffic while this is {@link
 *     HealthStatus#UNHEALTHY}
 * @param duration how long the last run took, or has taken so far
 * @param lastChecked when the last run that answered began; null if none has
 * @param stale whether a run has gone past its timeout and hasn't come back
 */
public record CheckReport(
    String name,
    HealthStatus status,
    String detail,
    boolean critical,
    Duration duration,
    @Nullable Instant lastChecked,
    boolean stale) {

  /** Written out: what a record has of its own is made at the first call, in milliseconds. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CheckReport that
        && status == that.status
        && critical == that.critical
        && stale == that.stale
        && name.equals(that.name)
        && detail.equals(that.detail)
        && duration.equals(that.duration)
        && Objects.equals(lastChecked, that.lastChecked);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, status, detail, critical, duration, lastChecked, stale);
  }
}
