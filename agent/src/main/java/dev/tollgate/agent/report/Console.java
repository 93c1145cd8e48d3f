package dev.tollgate.agent.report;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The agent's lines on stderr. Nothing of ours is ever written to stdout. Throws nothing: stderr
 * may be a stream of the program's own, and what it throws must stop no weaving.
 */
public final class Console {
  private static final String PREFIX = "tollgate: ";

  /** More than anyone reads; a program that makes such classes without end must not fill memory. */
  private static final int MOST = 1_000;

  static final String NO_MORE = "no more of this here: the Agent bean has all that is missed";

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
      print(line);
    }
  }

  /** A fault of ours, or of what we were told to do; the same one is told once. */
  public void error(String line) {
    if (told.size() < MOST && told.add(line)) {
      print(line);
      if (told.size() == MOST) {
        print(NO_MORE);
      }
    }
  }

  /** A fault of ours, told once however often it happens and in however many places. */
  public void fault(String line, Throwable fault) {
    if (told.size() < MOST && told.add(fault.toString())) {
      error(line);
    }
  }

  /** An error that is told each time: its caller knows when it is news. */
  public void errorAgain(String line) {
    print(line);
  }

  private static void print(String line) {
    try {
      System.err.println(PREFIX.concat(plain(line)));
    } catch (Throwable fault) {
      // There is nowhere left to say so.
    }
  }

  /** What is quoted in a line may hold anything, and must neither end it nor steer a terminal. */
  private static String plain(String line) {
    char[] plain = line.toCharArray();
    for (int i = 0; i < plain.length; i++) {
      if (Character.isISOControl(plain[i]) || plain[i] == '\u2028' || plain[i] == '\u2029') {
        plain[i] = ' ';
      }
    }
    return new String(plain);
  }
}
