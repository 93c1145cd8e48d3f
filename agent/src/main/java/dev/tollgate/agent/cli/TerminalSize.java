package dev.tollgate.agent.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a terminal in characters.
 *
 * @param rows at least 1
 * @param columns at least 1
 */
record TerminalSize(int rows, int columns) {
  /** The size of the terminals that others are modelled on. */
  static final TerminalSize STANDARD = new TerminalSize(24, 80);

  private static final Pattern ANSWER = Pattern.compile("([1-9]\\d{0,4}) ([1-9]\\d{0,4})\\s*");
  private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final int LONGEST_ANSWER = 100;
  private static final long PATIENCE_MILLIS = 1_000;

  /** That of the terminal that standard input is: {@link #STANDARD} if it can't be found out. */
  static TerminalSize ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        // Its answer fits into the pipe, so it ends without being read.
        return stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
            ? parse(
                new String(
                    stty.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.US_ASCII))
            : STANDARD;
      } finally {
        stty.destroyForcibly();
      }
    } catch (IOException e) {
      return STANDARD;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return STANDARD;
    }
  }

  /** The answer of {@code stty size}; a terminal that doesn't know its size says 0. */
  static TerminalSize parse(String answer) {
    Matcher size = ANSWER.matcher(answer);
    return size.matches()
        ? new TerminalSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)))
        : STANDARD;
  }

  /**
   * As many of {@code lines} as can be written one below the other without scrolling, and a last
   * line that says how many are left out.
   */
  List<String> fit(List<String> lines) {
    // The cursor ends up in the row below the last line.
    int room = rows - 1;
    if (lines.stream().mapToInt(this::height).sum() <= room) {
      return lines;
    }
    List<String> fitting = new ArrayList<>();
    int left = room - 1;
    for (String line : lines) {
      left -= height(line);
      if (left < 0) {
        break;
      }
      fitting.add(line);
    }
    if (room > 0) {
      String more = (lines.size() - fitting.size()) + " more lines than fit this terminal";
      fitting.add(more.substring(0, Math.min(more.length(), columns)));
    }
    return fitting;
  }

  /** Whether there is room for one more character behind {@code line}, in its last row. */
  boolean hasRoomBehind(String line) {
    int width = width(line);
    return width == 0 || width % columns != 0;
  }

  private int height(String line) {
    return Math.max(1, (width(line) + columns - 1) / columns);
  }

  private static int width(String line) {
    return ESCAPE.matcher(line).replaceAll("").length();
  }
}
