package dev.tollgate.limiter;

/** Division of 128-bit products, which allocates nothing. */
final class Wide {
  private Wide() {}

  /**
   * The unsigned number {@code high·2⁶⁴ + low} divided by {@code divisor} ≥ 1, rounded down; {@code
   * Long.MAX_VALUE} where that is beyond a {@code long}.
   */
  static long divide(long high, long low, long divisor) {
    if (high == 0 && low >= 0) {
      return low / divisor;
    }
    if (Long.compareUnsigned(high, divisor) >= 0) {
      return Long.MAX_VALUE;
    }
    long rest = high;
    long quotient = 0;
    for (int bit = 63; bit >= 0; bit--) {
      rest = (rest << 1) | ((low >>> bit) & 1);
      quotient <<= 1;
      if (Long.compareUnsigned(rest, divisor) >= 0) {
        rest -= divisor;
        quotient |= 1;
      }
    }
    return quotient < 0 ? Long.MAX_VALUE : quotient;
  }
}
