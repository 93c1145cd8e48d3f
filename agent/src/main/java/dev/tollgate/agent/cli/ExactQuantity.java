package dev.tollgate.agent.cli;

import java.math.BigDecimal;

/** Sizes and percentages without rounding, as configuration has them. */
final class ExactQuantity {
  private static final long[] BYTES = {
    1_000_000_000_000L, 1L << 40, 1_000_000_000, 1 << 30, 1_000_000, 1 << 20, 1_000, 1 << 10
  };
  private static final String[] UNITS = {"TB", "TiB", "GB", "GiB", "MB", "MiB", "kB", "KiB"};

  private ExactQuantity() {}

  /**
   * Writes a number of bytes, 1 or more, in the largest unit that doesn't need a point: {@code
   * 1500MB}.
   */
  static String size(long bytes) {
    for (int i = 0; i < BYTES.length; i++) {
      if (bytes % BYTES[i] == 0) {
        return bytes / BYTES[i] + UNITS[i];
      }
    }
    return bytes + "B";
  }

  /** Writes a share of 0 to 1: {@code 12.5%}. */
  static String percentage(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }
}
