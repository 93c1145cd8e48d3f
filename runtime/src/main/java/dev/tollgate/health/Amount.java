package dev.tollgate.health;

import java.util.Locale;

/** Numbers for people. */
final class Amount {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  private static final int STEP = 1_000;

  private Amount() {}

  /** As disks are sold, in powers of 1000: "4.2 GB". */
  static String bytes(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= STEP && unit < UNITS.length - 1) {
      amount /= STEP;
      unit++;
    }
    boolean whole = unit == 0 || amount >= 100;
    return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
  }

  /** A share as a percentage: "12.5 %". */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }
}
