package dev.tollgate.agent.cli;

import java.io.PrintWriter;
import java.util.List;

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
  private final Thread hook = new Thread(this::interrupted, "tollgate-pages");
  // Both: guarded by this.
  private boolean begun;
  private boolean ended;

  /**
   * @param rewrites whether {@code out} is a terminal
   */
  Pages(PrintWriter out, boolean rewrites) {
    this.out = out;
    this.rewrites = rewrites;
    if (rewrites) {
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  /** Says whether anybody can still see it. */
  synchronized boolean show(List<String> lines) {
    if (ended) {
      return false;
    }
    StringBuilder page = new StringBuilder();
    if (rewrites) {
      page.append(HOME);
    } else if (begun) {
      page.append(System.lineSeparator());
    }
    begun = true;
    for (String line : lines) {
      page.append(line).append(rewrites ? CLEAR_LINE : "").append(System.lineSeparator());
    }
    // At once, so that no page is seen half-way.
    out.print(page.append(rewrites ? CLEAR_BELOW : ""));
    return !out.checkError();
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
