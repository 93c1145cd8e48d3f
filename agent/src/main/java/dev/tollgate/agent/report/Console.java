package dev.tollgate.agent.report;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The agent's lines on stderr. Nothing of ours is ever written to stdout. */
public final class Console {
  private static final String PREFIX = "tollgate: ";

  private final boolean quiet;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /**
   * @param quiet whether to leave out everything but errors
   */
  public Console(boolean quiet) {
    this.quiet = quiet;
  }

  /** What is good to know. */
  public void info(String line) {
    if (!quiet) {
      System.err.println(PREFIX.concat(line));
    }
  }

  /** A fault of ours, or of what we were told to do; the same one is told once. */
  public void error(String line) {
    if (told.add(line)) {
      System.err.println(PREFIX.concat(line));
    }
  }

  /** An error that is told each time: its caller knows when it is news. */
  public void errorAgain(String line) {
    System.err.println(PREFIX.concat(line));
  }
}
