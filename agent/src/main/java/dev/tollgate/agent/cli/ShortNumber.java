package dev.tollgate.agent.cli;

import java.util.Locale;

/** Numbers in at most six characters, for tables. */
final class ShortNumber {
  private static final long EXACT_BELOW = 100_000;
  private static final String[] UNITS = {"k", "M", "G", "T", "P", "E"};

  private ShortNumber() {}

  /** Exact below 100,000, else three digits, rounded down: {@code 123k}, {@code 4.56M}. */
  static String of(long number) {
    if (number < EXACT_BELOW) {
      return Long.toString(number);
    }
    int unit = 0;
    long size = 1_000;
    while (number / size >= 1_000) {
      unit++;
      size *= 1_000;
    }
    long whole = number / size;
    int decimals = whole >= 100 ? 0 : whole >= 10 ? 1 : 2;
    String digits = Long.toString(whole);
    if (decimals > 0) {
      String fraction = String.format(Locale.ROOT, "%03d", number % size / (size / 1_000));
      digits += "." + fraction.substring(0, decimals);
    }
    return digits + UNITS[unit];
  }

  /** With one decimal below 1,000. */
  static String of(double number) {
    return number < 999.95 ? String.format(Locale.ROOT, "%.1f", number) : of(Math.round(number));
  }
}
