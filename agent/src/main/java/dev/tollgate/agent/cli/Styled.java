package dev.tollgate.agent.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Text in colours, where there are colours. */
final class Styled {
  private Styled() {}

  /**
   * @param style as picocli names it, for example {@code bold,green}; empty for none
   */
  static String text(Ansi ansi, String style, String text) {
    if (style.isEmpty() || text.isEmpty() || !ansi.enabled()) {
      return text;
    }
    IStyle[] styles = Style.parse(style);
    return Style.on(styles) + text + Style.reset.on();
  }
}
