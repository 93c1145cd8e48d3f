package dev.tollgate.limiter;

import java.time.Duration;
import java.util.Random;

/** Random numbers that find edges: as many small ones as large ones. */
final class Numbers {
  private static final long YEAR_NANOS = RateLimitConfig.MAX_PERIOD.toNanos();

  private final Random random;

  Numbers(long seed) {
    random = new Random(seed);
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** {@code least} to {@code most}, each order of magnitude as likely as any other. */
  long between(long least, long most) {
    long range = most - least;
    if (range <= 0) {
      return least;
    }
    int bits = 64 - Long.numberOfLeadingZeros(range);
    long number = random.nextLong() >>> (64 - (1 + random.nextInt(bits)));
    long offset = oneIn(8) ? range : Math.min(number, range);
    return oneIn(8) ? least : least + offset;
  }

  /** From one a year to one a nanosecond. */
  RateLimitConfig config() {
    long period =
        switch (below(6)) {
          case 0 -> 1;
          case 1 -> 1_000_000_000L;
          case 2 -> YEAR_NANOS;
          default -> between(1, YEAR_NANOS);
        };
    long permits =
        switch (below(5)) {
          case 0 -> 1;
          case 1 -> period;
          default -> between(1, period);
        };
    RateLimitConfig config = RateLimitConfig.of(permits, Duration.ofNanos(period));
    return switch (below(4)) {
      case 0 -> config;
      case 1 -> config.withBurst(between(0, RateLimitConfig.MAX_CAPACITY - permits));
      case 2 -> config.withCapacity(between(1, RateLimitConfig.MAX_CAPACITY));
      default -> config.withCapacity(1 + below(20));
    };
  }
}
