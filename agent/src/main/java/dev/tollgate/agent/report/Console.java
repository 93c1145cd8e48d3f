package dev.tollgate.agent.report;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The agent's lines on stderr. Nothing of ours is ever written to stdout. Throws nothing, and runs
 * no code of the program: a stream that replaces {@code System.err} doesn't get them.
 */
public final class Console {
  static final String PREFIX = "tollgate: ";

  /** More than anyone reads; a program that makes such classes without end must not fill memory. */
  private static final int MOST = 1_000;

  static final String NO_MORE = "no more of this here: the Agent bean has all that is missed";

  private final boolean quiet;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Stderr stderr;

  /**
   * Writes to the stderr of the process.
   *
   * @param quiet whether to leave out everything but errors
   */
  public Console(boolean quiet) {
    this(quiet, new Stderr());
  }

  /**
   * Writes to a given stream.
   *
   * @param quiet whether to leave out everything but errors
   */
  public Console(boolean quiet, OutputStream stream) {
    this(quiet, new Stderr(stream, StandardCharsets.UTF_8));
  }

  private Console(boolean quiet, Stderr stderr) {
    this.quiet = quiet;
    this.stderr = stderr;
  }

  /**
   * From now on a thread of ours writes, since the thread that has a line may be one of the
   * program, with locks that nobody may wait for.
   */
  public void programRuns() {
    stderr.writeByThread();
  }

  /** Waits until all lines are written, two seconds at most: the JVM is about to end. */
  public void flush() {
    stderr.flush();
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

  private void print(String line) {
    stderr.print(PREFIX.concat(plain(line)));
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
