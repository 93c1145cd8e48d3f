package dev.tollgate.health.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/**
 * The numbers in the files of a control group.
 *
 * @param folder the group's
 */
record GroupFiles(Path folder) {
  /** A limit that is none. */
  static final long UNLIMITED = Long.MAX_VALUE;

  /** The number that is all of a file. */
  long number(String name) throws IOException {
    Path file = folder.resolve(name);
    try {
      return number(text(file), file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " is not there", e);
    }
  }

  /** The number that is all of a file; {@code absent} where that isn't there. */
  long number(String name, long absent) throws IOException {
    Path file = folder.resolve(name);
    try {
      return number(text(file), file);
    } catch (NoSuchFileException e) {
      return absent;
    }
  }

  /** The number beside {@code key} in a file of such lines; {@code absent} where it isn't there. */
  long statistic(String name, String key, long absent) throws IOException {
    Path file = folder.resolve(name);
    try {
      String start = key + " ";
      for (String line : text(file).lines().toList()) {
        if (line.startsWith(start)) {
          return number(line.substring(start.length()), file);
        }
      }
      return absent;
    } catch (NoSuchFileException e) {
      return absent;
    }
  }

  /** The sum of the numbers beside these keys; one that isn't there is 0. */
  long statistics(String name, Set<String> keys) throws IOException {
    Path file = folder.resolve(name);
    try {
      long sum = 0;
      for (String line : text(file).lines().toList()) {
        int blank = line.indexOf(' ');
        if (blank > 0 && keys.contains(line.substring(0, blank))) {
          sum += number(line.substring(blank + 1), file);
        }
      }
      return sum;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static String text(Path file) throws IOException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  private static long number(String text, Path file) throws IOException {
    String digits = text.strip();
    if (digits.equals("max")) {
      return UNLIMITED;
    }
    try {
      long number = Long.parseUnsignedLong(digits);
      return number < 0 ? UNLIMITED : number;
    } catch (NumberFormatException e) {
      throw new IOException(file + " has no number where one is due: \"" + digits + "\"", e);
    }
  }
}
