package dev.tollgate.config;

/** What Java allows as a name. */
final class Names {
  private Names() {}

  /** Whether {@code text} is identifiers with dots between them, maybe with {@code *} in them. */
  static boolean isName(String text, boolean mayHaveStars) {
    boolean begins = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (begins) {
          return false;
        }
        begins = true;
        continue;
      }
      boolean fits =
          begins ? Character.isJavaIdentifierStart(c) : Character.isJavaIdentifierPart(c);
      if (!fits && !(mayHaveStars && c == '*')) {
        return false;
      }
      begins = false;
    }
    return !begins;
  }
}
