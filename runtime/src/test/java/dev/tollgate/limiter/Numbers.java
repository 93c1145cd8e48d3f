package dev.tollgate.limiter;

import java.util.Random;

/** Random numbers that find edges: as many small ones as large ones. */
final class Numbers {
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
}
