package dev.tollgate.limiter;

/** What a limiter may be called. */
public final class LimiterNames {
  private LimiterNames() {}

  /** Whether {@code name} is {@code [A-Za-z][A-Za-z0-9_-]*}. */
  public static boolean isValid(String name) {
    if (name.isEmpty() || !isLetter(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns {@code name}.
   *
   * @throws IllegalArgumentException if it can't be a limiter's name
   */
  public static String check(String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "'%s' can't be a limiter's name: a letter first, then letters, digits, '_' or '-'"
              .formatted(name));
    }
    return name;
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
