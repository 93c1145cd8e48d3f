package dev.tollgate.health;

/**
 * How little may be free of a disk or of memory. A number of bytes counts only where the whole is
 * at least {@value #SIZABLE} times as large; of something smaller the share alone says whether it
 * is little.
 *
 * @param degradedBytes less is {@link HealthStatus#DEGRADED}; 0 or more
 * @param degradedShare a smaller share of the whole is {@link HealthStatus#DEGRADED}; 0 to 1
 * @param criticalBytes less is {@link HealthStatus#UNHEALTHY}; 0 or more
 * @param criticalShare a smaller share of the whole is {@link HealthStatus#UNHEALTHY}; 0 to 1
 * @param readyBytes with less the process must get no traffic; 0 or more
 */
public record SpaceThresholds(
    long degradedBytes,
    double degradedShare,
    long criticalBytes,
    double criticalShare,
    long readyBytes) {
  private static final int SIZABLE = 4;

  /**
   * @throws IllegalArgumentException if a value is out of its range, or what is critical is not at
   *     the same time degraded; the message names it
   */
  public SpaceThresholds {
    if (degradedBytes < 0 || criticalBytes < 0 || readyBytes < 0) {
      throw new IllegalArgumentException("a number of bytes is negative; it must be 0 or more");
    }
    if (!isShare(degradedShare) || !isShare(criticalShare)) {
      throw new IllegalArgumentException("a share is not between 0 and 100 %");
    }
    if (criticalBytes > degradedBytes) {
      throw new IllegalArgumentException(
          "critical-free is above degraded-free; it must be the same or less");
    }
    if (criticalShare > degradedShare) {
      throw new IllegalArgumentException(
          "critical-share is above degraded-share; it must be the same or less");
    }
  }

  /** What so many free bytes of a whole of {@code totalBytes} mean, described by {@code detail}. */
  HealthResult judge(long freeBytes, long totalBytes, String detail) {
    HealthStatus status =
        isLittle(freeBytes, totalBytes, criticalBytes, criticalShare)
            ? HealthStatus.UNHEALTHY
            : isLittle(freeBytes, totalBytes, degradedBytes, degradedShare)
                ? HealthStatus.DEGRADED
                : HealthStatus.HEALTHY;
    boolean ready = freeBytes >= readyBytes || !isSizable(totalBytes, readyBytes);
    return new HealthResult(status, detail, ready);
  }

  private static boolean isLittle(long free, long total, long bytes, double share) {
    return free < total * share || (free < bytes && isSizable(total, bytes));
  }

  private static boolean isSizable(long total, long bytes) {
    return total / SIZABLE >= bytes;
  }

  private static boolean isShare(double share) {
    return share >= 0 && share <= 1;
  }
}
