package dev.tollgate.agent.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Text that came from elsewhere, made fit for a page: printable ASCII, so that it can't move the
 * cursor, and no wider than its place.
 */
final class PlainText {
  private static final String ELLIPSIS = "...";

  private PlainText() {}

  /** White space becomes single spaces, and whatever else isn't printable ASCII a {@code ?}. */
  static String of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        space = !plain.isEmpty();
        continue;
      }
      if (space) {
        plain.append(' ');
        space = false;
      }
      plain.append(c > ' ' && c <= '~' ? c : '?');
    }
    return plain.toString();
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
