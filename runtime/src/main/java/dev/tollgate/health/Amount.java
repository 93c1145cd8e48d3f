package dev.tollgate.health;

/**
 * Numbers for people, none of them negative. Not by way of {@code String.format}: the first report
 * comes while the program starts, and the JDK's locales would take longer than all checks of it.
 */
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
    return (whole ? Long.toString(Math.round(amount)) : tenths(amount)) + " " + UNITS[unit];
  }

  /** A share as a percentage: "12.5 %". */
  static String percent(double share) {
    return tenths(share * 100) + " %";
  }

  private static String tenths(double amount) {
    long tenths = Math.round(amount * 10);
    return tenths / 10 + "." + tenths % 10;
  }
}
