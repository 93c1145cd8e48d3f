package dev.tollgate.config;

/**
 * What the library that reads HOCON and JSON says of a text that isn't in order, in words of what
 * would be right. A file that is looked at while somebody writes it mostly just ends too early.
 */
final class ParserWords {
  private static final String UNRESOLVED = "Could not resolve substitution to a value: ";
  private static final String SIDE_BY_SIDE = "Cannot concatenate object or list with a ";
  private static final String UNCLOSED = "expecting a close parentheses ')' here, not: end of file";
  private static final String UNCLOSED_SECTION = "Expecting close brace }";
  private static final String NO_VALUE = " may not be followed by token: ";
  private static final String RENAME =
      ", or you may be able to rename the file .properties rather than .conf";

  private ParserWords() {}

  /** {@code said} as a user understands it; as it is, where nobody has thought of it. */
  static String clear(String said) {
    if (said.contains("string quote was still open")) {
      return endsWithout("a closing quote");
    }
    if (said.contains("end of file")) {
      if (said.equals(UNCLOSED) || said.startsWith(UNCLOSED_SECTION)) {
        return endsWithout("a closing brace '}'");
      }
      return endsWithout(said.startsWith("List") ? "a closing bracket ']'" : "a value");
    }
    if (said.equals("Empty document")) {
      return "is empty; it must be a section with tollgate { … } in it";
    }
    if (said.startsWith("has type ") && said.contains(" rather than object at file root")) {
      return "isn't a section; it must be one with tollgate { … } in it";
    }
    int noValue = said.indexOf(NO_VALUE);
    if (said.startsWith("Key '") && noValue > 0) {
      return said.substring(0, noValue) + " has no value; write KEY = VALUE";
    }
    if (said.startsWith(UNRESOLVED) && said.indexOf('}') == said.length() - 1) {
      return said.substring(UNRESOLVED.length())
          + " has no value; define it in the file or as an environment variable";
    }
    if (said.startsWith(SIDE_BY_SIDE)) {
      // The library's own message holds both, and whoever wrote a:b { … } meant a key.
      return "a text and a section stand side by side; a name with ':' in it stands in double"
          + " quotes";
    }
    return said.replace(RENAME, "");
  }

  private static String endsWithout(String what) {
    return "the file ends where " + what + " is missing";
  }
}
