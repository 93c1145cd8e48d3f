package dev.tollgate.agent.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/**
 * A label and a text beside it, {@linkplain PlainText made plain} wherever it came from. A text
 * that is too wide goes on in lines below.
 */
final class Item {
  private static final int INDENT = 9;
  private static final int MOST_LINES = 3;

  private Item() {}

  /**
   * @param label may be empty
   * @param style of the text
   */
  static List<String> lines(Ansi ansi, String label, String text, String style) {
    List<String> lines = new ArrayList<>();
    String before = Styled.text(ansi, "faint", label) + " ".repeat(INDENT - label.length());
    for (String part : PlainText.wrap(PlainText.of(text), Table.PAGE - INDENT, MOST_LINES)) {
      lines.add(before + Styled.text(ansi, style, part));
      before = " ".repeat(INDENT);
    }
    return lines;
  }
}
