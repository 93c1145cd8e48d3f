package dev.tollgate.config;

/** A name in which {@code *} stands for any characters, none of them too. */
final class Wildcard {
  private Wildcard() {}

  static boolean isIn(String pattern) {
    return pattern.indexOf('*') >= 0;
  }

  /** A nested class's {@code $} is as good as a dot. */
  static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length() && dotted(pattern.charAt(p)) == dotted(name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        // What the last star stands for gets longer by one.
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static char dotted(char c) {
    return c == '$' ? '.' : c;
  }
}
