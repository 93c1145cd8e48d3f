package dev.tollgate.health;

/** What the checks of programs may be called. */
public final class CheckNames {
  private CheckNames() {}

  /** A letter, then letters, digits and {@code _ - . : /}. */
  public static boolean isValid(String name) {
    if (name.isEmpty() || !isLetter(name.charAt(0))) {
      return false;
    }
    for (int i = 1; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isLetter(c) && (c < '0' || c > '9') && "_-.:/".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@code name}.
   *
   * @throws IllegalArgumentException if nothing can be called so
   */
  public static String check(String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' can't be a check's name: a letter first, then letters, digits, '_', '-', '.',"
              + " ':' or '/'");
    }
    return name;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
