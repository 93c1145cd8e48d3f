package dev.tollgate.agent.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;

/**
 * Pages one after the other: on a terminal each in the place of the one before, else below it.
 *
 * <p>A page is written over the last one, line by line, and what is left of that is cleared: a
 * screen that is cleared first flickers. No mode of the terminal is changed, so there is nothing to
 * undo but a colour, should Ctrl-C come in the middle of a page.
 */
final class Pages implements AutoCloseable {
  private static final String ESCAPE = "\u001b[";
  private static final String HOME = ESCAPE + "H";
  private static final String CLEAR_LINE = ESCAPE + "K";
  private static final String CLEAR_BELOW = ESCAPE + "J";
  private static final String PLAIN = ESCAPE + "0m";

  private final PrintWriter out;
  private final boolean rewrites;
  private final Supplier<TerminalSize> size;
  private final Thread hook = new Thread(this::interrupted, "tollgate-pages");
  // Both: guarded by this.
  private boolean begun;
  private boolean ended;

  /**
   * @param rewrites whether {@code out} is a terminal
   * @param size the terminal's, asked before each page, since people change it
   */
  Pages(PrintWriter out, boolean rewrites, Supplier<TerminalSize> size) {
    this.out = out;
    this.rewrites = rewrites;
    this.size = size;
    if (rewrites) {
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  /** Writes a page, unless the terminal has been given back. */
  synchronized void show(List<String> lines) {
    if (!ended) {
      // At once, so that no page is seen half-way.
      out.print(rewrites ? overTheLast(lines) : belowTheLast(lines));
      out.flush();
      begun = true;
    }
  }

  private StringBuilder belowTheLast(List<String> lines) {
    StringBuilder page = new StringBuilder(begun ? System.lineSeparator() : "");
    for (String line : lines) {
      page.append(line).append(System.lineSeparator());
    }
    return page;
  }

  /** A page that is higher than the terminal would scroll it. */
  private StringBuilder overTheLast(List<String> lines) {
    TerminalSize terminal = size.get();
    StringBuilder page = new StringBuilder(HOME);
    for (String line : terminal.fit(lines)) {
      // Behind a full row the cursor is still on its last character, which would be cleared.
      page.append(line).append(terminal.hasRoomBehind(line) ? CLEAR_LINE : "");
      page.append(System.lineSeparator());
    }
    return page.append(CLEAR_BELOW);
  }

  /** The terminal shows ^C where the cursor is: the shell goes on below it. */
  private void interrupted() {
    end(PLAIN + System.lineSeparator());
  }

  private synchronized void end(String last) {
    if (!ended && rewrites) {
      out.print(last);
      out.flush();
    }
    ended = true;
  }

  @Override
  public void close() {
    end(PLAIN);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook runs or has run.
    }
  }
}
