package dev.tollgate.agent.cli;

import java.io.Console;

/** What standard output is shown on. */
final class Screen {
  private Screen() {}

  /** Whether it is a terminal, on which a line can be written again. */
  @SuppressWarnings("SystemConsoleNull") // Asked for more below, where null doesn't tell.
  static boolean isTerminal() {
    Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
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
}
