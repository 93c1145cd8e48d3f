package dev.tollgate.config;

import org.jspecify.annotations.Nullable;

/**
 * A number in digits, taken apart, and what follows it.
 *
 * @param whole the digits before the point; at least one
 * @param fraction those after it; empty where there is no point
 * @param unit without blanks around it; empty where there is none
 */
record Quantity(String whole, String fraction, String unit) {

  /** Reads {@code "5"}, {@code "1.5 GB"}; null where the text doesn't begin with such a number. */
  static @Nullable Quantity parse(String text) {
    int wholeEnd = digitsEnd(text, 0);
    int numberEnd = wholeEnd;
    if (text.startsWith(".", wholeEnd)) {
      numberEnd = digitsEnd(text, wholeEnd + 1);
      if (numberEnd == wholeEnd + 1) {
        return null;
      }
    }
    if (wholeEnd == 0) {
      return null;
    }
    String fraction = numberEnd == wholeEnd ? "" : text.substring(wholeEnd + 1, numberEnd);
    return new Quantity(text.substring(0, wholeEnd), fraction, text.substring(numberEnd).strip());
  }

  boolean isZero() {
    return isZero(whole) && isZero(fraction);
  }

  /**
   * So many times {@code factor}, without the rest. By hand, as in {@link
   * dev.tollgate.limiter.Durations}.
   *
   * @throws ArithmeticException if it is more than a long holds
   */
  long times(long factor) {
    long number = 0;
    for (int i = 0; i < whole.length(); i++) {
      number = Math.addExact(Math.multiplyExact(number, 10), digit(whole, i));
    }
    long part = 0;
    for (int i = fraction.length() - 1; i >= 0; i--) {
      part = (digit(fraction, i) * factor + part) / 10;
    }
    return Math.addExact(Math.multiplyExact(number, factor), part);
  }

  /** The number itself, in digits. */
  String number() {
    return fraction.isEmpty() ? whole : whole + "." + fraction;
  }

  private static int digitsEnd(String text, int begin) {
    int end = begin;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static long digit(String digits, int index) {
    return (long) digits.charAt(index) - '0';
  }

  private static boolean isZero(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}
