package dev.tollgate.agent.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** What standard output is shown on. */
final class Screen {
  private Screen() {}

  /** Whether it is a terminal, on which a line can be written again. */
  @SuppressWarnings("SystemConsoleNull") // Asked for more below, where null doesn't tell.
  static boolean isTerminal() {
    Console console = System.console();
    if (console == null || isDumb(System.getenv("TERM"))) {
      return false;
    }
    try {
      // Since 22 there is a console without a terminal too, and this method to tell.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** None on a terminal that has none; elsewhere NO_COLOR, and what else picocli asks, decides. */
  static Ansi colours() {
    return isDumb(System.getenv("TERM")) ? Ansi.OFF : Ansi.AUTO;
  }

  private static boolean isDumb(@Nullable String terminal) {
    return "dumb".equals(terminal);
  }
}
