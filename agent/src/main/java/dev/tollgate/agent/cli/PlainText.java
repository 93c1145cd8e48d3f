package dev.tollgate.agent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Text that another process or a file says, made fit for a terminal: it can't move the cursor,
 * change colours or end the line. All text from elsewhere goes through here, on a page by {@link
 * Table.Cell} and {@link Item}, and lines by themselves by {@link #line}.
 */
final class PlainText {
  private static final String ELLIPSIS = "...";

  private PlainText() {}

  /**
   * For a page, in columns: white space becomes single spaces, and what else isn't printable ASCII
   * a {@code ?}.
   */
  static String of(String text) {
    return plain(text, c -> c > ' ' && c <= '~');
  }

  /**
   * For a line that stands by itself, of any length. Letters of every script stay, names of files
   * have them; what could move the cursor, change colours or the direction of the text is a {@code
   * ?}. A line break is a space.
   */
  static String line(String text) {
    return plain(text, PlainText::isVisible);
  }

  private static String plain(String text, IntPredicate stays) {
    StringBuilder plain = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c)) {
        space = !plain.isEmpty();
        continue;
      }
      if (space) {
        plain.append(' ');
        space = false;
      }
      plain.appendCodePoint(stays.test(c) ? c : '?');
    }
    return plain.toString();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /** As much of it as fits; what was cut shows as {@code ...}. */
  static String cut(String text, int width) {
    return text.length() <= width
        ? text
        : text.substring(0, width - ELLIPSIS.length()).stripTrailing() + ELLIPSIS;
  }

  /**
   * Breaks it at spaces, and a word that is wider than a line anywhere.
   *
   * @param most how many lines there may be; what doesn't fit them is cut
   * @return at least one line
   */
  static List<String> wrap(String text, int width, int most) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width && lines.size() < most - 1) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    lines.add(cut(rest, width));
    return lines;
  }
}
