package dev.tollgate.config;

/** What a health check may be called. */
final class CheckNames {
  private CheckNames() {}

  /**
   * @throws IllegalArgumentException if {@code name} isn't {@code [A-Za-z][A-Za-z0-9_.:/-]*}
   */
  static void check(String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' can't be a check's name: a letter first, then letters, digits, '_', '-', '.',"
              + " ':' or '/'");
    }
  }

  private static boolean isValid(String name) {
    if (name.isEmpty() || !isLetter(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isLetter(c) && !(c >= '0' && c <= '9') && "_-.:/".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
