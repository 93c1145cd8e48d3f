package dev.tollgate.config;

/**
 * Refuses a text that would take the library too long. It joins what stands side by side, and
 * merges what is given in parts, by copying all that came before: a few hundred kilobytes of such
 * text take it minutes. Counted before it sees the text, in all files together.
 *
 * <p>JSON is exempt: nothing is joined or merged there.
 */
final class HoconBounds {
  /** Keys with values, sections and lists. Merging as many takes seconds at the most. */
  static final int MOST_ENTRIES = 4_000;

  /** Characters; what stands side by side does so within a line. */
  static final int LONGEST_LINE = 32 * 1024;

  private int entries;
  private int substitutions;

  /** How many substitutions were written so far; comments and quoted texts count as well. */
  int substitutions() {
    return substitutions;
  }

  /**
   * Counts {@code text}; an empty one as well, of which there may be many.
   *
   * @throws ConfigurationException if it is too much
   */
  void count(String text, String name) {
    entries++;
    int begin = 0;
    char before = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        begin = i + 1;
      } else if (i - begin >= LONGEST_LINE) {
        throw new ConfigurationException(
            name + ": has a line of more than " + LONGEST_LINE + " characters");
      }
      // A ruler in a comment is no entry.
      boolean begins = c == '{' || c == '[';
      boolean gives = c == '=' || c == ':';
      if (begins || (gives && c != before)) {
        entries++;
      }
      if (c == '{' && before == '$') {
        substitutions++;
      }
      before = c;
    }
    if (entries > MOST_ENTRIES) {
      throw new ConfigurationException(
          name
              + ": has too many keys, sections and lists; the file and all that it includes may"
              + " have "
              + MOST_ENTRIES);
    }
  }
}
