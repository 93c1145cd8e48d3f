package dev.tollgate.limiter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/**
 * Durations as people write them, in annotations and in configuration alike: a number and a unit.
 * The units are HOCON's.
 */
public final class Durations {
  private static final String EXPECTED = "a number with a unit: 250ms, 30s, 1m, 2h, 1d";

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
    if (number.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' is not a duration; write %s".formatted(text, EXPECTED));
    }
    BigDecimal amount;
    try {
      amount = new BigDecimal(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is not a duration; write %s".formatted(text, EXPECTED), e);
    }
    if (amount.signum() < 0) {
      throw new IllegalArgumentException(
          "'%s' is negative; write 0 or %s".formatted(text, EXPECTED));
    }
    if (unit.isEmpty()) {
      if (amount.signum() == 0) {
        return Duration.ZERO;
      }
      throw new IllegalArgumentException("'%s' has no unit; write %s".formatted(text, EXPECTED));
    }
    try {
      BigDecimal nanos = amount.multiply(BigDecimal.valueOf(nanosPer(unit)));
      return Duration.ofNanos(nanos.setScale(0, RoundingMode.UNNECESSARY).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "'%s' is finer than a nanosecond or beyond 292 years".formatted(text), e);
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
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    if (nanos < 1_000_000) {
      return tenths(nanos, 1_000) + "us";
    }
    if (nanos < 1_000_000_000) {
      return tenths(nanos, 1_000_000) + "ms";
    }
    if (nanos < 120 * 1_000_000_000L) {
      return tenths(nanos, 1_000_000_000) + "s";
    }
    return nanos < 7_200 * 1_000_000_000L
        ? tenths(nanos, 60 * 1_000_000_000L) + "m"
        : tenths(nanos, 3_600 * 1_000_000_000L) + "h";
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

  private static boolean isNumeric(char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+';
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
              "'%s' is not a unit of time; write %s".formatted(unit, EXPECTED));
    };
  }
}
