package dev.tollgate.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WideTest {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);
  private static final long[] EDGES = {
    0, 1, 2, 3, 1L << 31, 1L << 62, Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MIN_VALUE, -2, -1
  };

  @Test
  void dividesAsBigIntegerDoesAtEveryEdge() {
    for (long high : EDGES) {
      for (long low : EDGES) {
        for (long divisor : EDGES) {
          if (divisor > 0) {
            check(high, low, divisor);
          }
        }
      }
    }
  }

  @Test
  void dividesAsBigIntegerDoesOverRandomNumbers() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      long high = random.nextLong() >>> random.nextInt(64);
      long low = random.nextLong() >>> random.nextInt(64);
      long divisor = Math.max(1, random.nextLong() >>> (1 + random.nextInt(63)));
      check(random.nextInt(4) == 0 ? 0 : high, low, divisor);
      check(divisor - 1 - random.nextInt(2) * (divisor / 2), low, divisor);
    }
  }

  private static void check(long high, long low, long divisor) {
    BigInteger exact =
        unsigned(high)
            .multiply(TWO_TO_64)
            .add(unsigned(low))
            .divide(BigInteger.valueOf(divisor))
            .min(BigInteger.valueOf(Long.MAX_VALUE));
    if (exact.longValueExact() != Wide.divide(high, low, divisor)) {
      assertThat(Wide.divide(high, low, divisor))
          .as("(%s·2^64 + %s) / %s", unsigned(high), unsigned(low), divisor)
          .isEqualTo(exact.longValueExact());
    }
  }

  private static BigInteger unsigned(long number) {
    return number < 0 ? BigInteger.valueOf(number).add(TWO_TO_64) : BigInteger.valueOf(number);
  }
}
