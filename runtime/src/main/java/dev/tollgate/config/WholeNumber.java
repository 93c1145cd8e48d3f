package dev.tollgate.config;

/** A whole number in digits, from {@code min} to {@code max}, both at least 0. */
final class WholeNumber extends TextType<Long> {
  private final long min;
  private final long max;

  WholeNumber(long min, long max) {
    super("whole number from " + min, "a whole number, at least " + min);
    this.min = min;
    this.max = max;
  }

  @Override
  Long parse(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    if (!areDigits(digits)) {
      throw wrong(text);
    }
    long number;
    try {
      number = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw negative ? tooSmall(text) : tooLarge(text);
    }
    if (number < min) {
      throw tooSmall(text);
    }
    if (number > max) {
      throw tooLarge(text);
    }
    return number;
  }

  private IllegalArgumentException tooSmall(String text) {
    return wrong(text, "at least " + min);
  }

  private IllegalArgumentException tooLarge(String text) {
    return wrong(text, "at most " + max);
  }

  private static boolean areDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
