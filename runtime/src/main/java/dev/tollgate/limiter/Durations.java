package dev.tollgate.limiter;

import java.time.Duration;
import java.util.Locale;

/**
 * Durations as people write them, in annotations and in configuration alike: a number and a unit.
 * The units are HOCON's.
 */
public final class Durations {
  private static final String EXPECTED = "a number with a unit: 250ms, 30s, 1m, 2h, 1d";
  private static final long[] EXACT_NANOS = {
    86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L
  };
  private static final String[] EXACT_UNITS = {"d", "h", "m", "s", "ms", "us"};

  private Durations() {}

  /**
   * Reads {@code "250ms"}, {@code "1.5 s"}, {@code "1 minute"}. A bare {@code "0"} needs no unit.
   *
   * @throws IllegalArgumentException if it is anything else, negative, finer than a nanosecond or
   *     beyond 292 years; the message says what would be right
   */
  public static Duration parse(String text) {
    String trimmed = text.strip();
    int unitAt = 0;
    while (unitAt < trimmed.length() && isNumeric(trimmed.charAt(unitAt))) {
      unitAt++;
    }
    String number = trimmed.substring(0, unitAt);
    String unit = trimmed.substring(unitAt).strip();
    if (number.startsWith("-")) {
      throw new IllegalArgumentException("'" + text + "' is negative; write 0 or " + EXPECTED);
    }
    int point = number.indexOf('.');
    String whole = point < 0 ? number : number.substring(0, point);
    String fraction = point < 0 ? "" : number.substring(point + 1);
    if (!isDigits(whole) || (point >= 0 && !isDigits(fraction))) {
      throw new IllegalArgumentException("'" + text + "' is not a duration; write " + EXPECTED);
    }
    if (unit.isEmpty()) {
      if (isZero(whole) && isZero(fraction)) {
        return Duration.ZERO;
      }
      throw new IllegalArgumentException("'" + text + "' has no unit; write " + EXPECTED);
    }
    try {
      return Duration.ofNanos(nanos(whole, fraction, nanosPer(unit)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is finer than a nanosecond or beyond 292 years", e);
    }
  }

  /** Writes a duration short, with the largest unit that keeps it readable: {@code 750ms}. */
  public static String print(Duration duration) {
    long nanos;
    try {
      nanos = duration.toNanos();
    } catch (ArithmeticException e) {
      return "for ever";
    }
    // Rounded up to a tenth, so the last bit below a unit belongs to the next one.
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    if (nanos <= 999_900) {
      return tenths(nanos, 1_000) + "us";
    }
    if (nanos <= 999_900_000) {
      return tenths(nanos, 1_000_000) + "ms";
    }
    if (nanos <= 119_900_000_000L) {
      return tenths(nanos, 1_000_000_000) + "s";
    }
    return nanos <= 119_900_000_000L * 60
        ? tenths(nanos, 60 * 1_000_000_000L) + "m"
        : tenths(nanos, 3_600 * 1_000_000_000L) + "h";
  }

  /** Writes a duration as configuration has it, in the largest unit that needs no rounding. */
  public static String printExactly(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0";
    }
    for (int i = 0; i < EXACT_NANOS.length; i++) {
      if (nanos % EXACT_NANOS[i] == 0) {
        return nanos / EXACT_NANOS[i] + EXACT_UNITS[i];
      }
    }
    return nanos + "ns";
  }

  /** With one decimal where it isn't 0, rounded up. */
  private static String tenths(long nanos, long unit) {
    long whole = nanos / unit;
    long tenths = (nanos % unit * 10 + unit - 1) / unit;
    if (tenths == 10) {
      whole++;
      tenths = 0;
    }
    return tenths == 0 ? Long.toString(whole) : whole + "." + tenths;
  }

  /**
   * By hand: this may run before the program does, and on some JDKs BigDecimal brings up the common
   * pool, whose size the program may still want to set.
   */
  private static long nanos(String whole, String fraction, long nanosPerUnit) {
    long nanos = 0;
    for (int i = 0; i < whole.length(); i++) {
      nanos = Math.addExact(Math.multiplyExact(nanos, 10), digit(whole, i));
    }
    nanos = Math.multiplyExact(nanos, nanosPerUnit);
    long place = nanosPerUnit;
    for (int i = 0; i < fraction.length(); i++) {
      long digit = digit(fraction, i);
      if (digit != 0 && (place == 0 || place % 10 != 0)) {
        throw new ArithmeticException("finer than a nanosecond");
      }
      place /= 10;
      nanos = Math.addExact(nanos, digit * place);
    }
    return nanos;
  }

  private static long digit(String digits, int index) {
    return (long) digits.charAt(index) - '0';
  }

  private static boolean isNumeric(char c) {
    return isDigit(c) || c == '.' || c == '-';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isZero(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static long nanosPer(String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "ns", "nano", "nanos", "nanosecond", "nanoseconds" -> 1L;
      case "us", "micro", "micros", "microsecond", "microseconds" -> 1_000L;
      case "ms", "milli", "millis", "millisecond", "milliseconds" -> 1_000_000L;
      case "s", "second", "seconds" -> 1_000_000_000L;
      case "m", "minute", "minutes" -> 60 * 1_000_000_000L;
      case "h", "hour", "hours" -> 3_600 * 1_000_000_000L;
      case "d", "day", "days" -> 86_400 * 1_000_000_000L;
      default ->
          throw new IllegalArgumentException(
              "'" + unit + "' is not a unit of time; write " + EXPECTED);
    };
  }
}
