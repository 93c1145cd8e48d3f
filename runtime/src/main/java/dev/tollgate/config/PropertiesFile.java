package dev.tollgate.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A Java properties file, in UTF-8, with {@code tollgate.…} among its keys. Read entry by entry,
 * since {@link Properties} as a whole knows no lines and silently keeps the last of two values.
 */
final class PropertiesFile {
  private static final String ROOT = "tollgate";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String name;
  private final BufferedReader lines;
  private int line;

  private PropertiesFile(String name, BufferedReader lines) {
    this.name = name;
    this.lines = lines;
  }

  /**
   * What stands under {@code tollgate}; null where nothing does.
   *
   * @throws ConfigurationException if the file isn't in order
   */
  static @Nullable Node read(byte[] content, String name) {
    String text = new String(content, StandardCharsets.UTF_8);
    try {
      return new PropertiesFile(name, new BufferedReader(new StringReader(text))).read();
    } catch (IOException e) {
      throw new IllegalStateException("a text can always be read", e);
    }
  }

  private @Nullable Node read() throws IOException {
    DottedTree tree = new DottedTree(Origin.file(name, 0));
    boolean found = false;
    for (String first = nextLine(); first != null; first = nextLine()) {
      int firstLine = line;
      Properties entry = parse(wholeEntry(first), firstLine);
      for (String key : entry.stringPropertyNames()) {
        Node value = new Node.Scalar(entry.getProperty(key), Origin.file(name, firstLine));
        if (key.equals(ROOT)) {
          throw new Entry("", value).mustBe("a section: tollgate.KEY=VALUE");
        }
        if (key.startsWith(ROOT + ".")) {
          tree.put(key.substring(ROOT.length() + 1), value);
          found = true;
        }
      }
    }
    return found ? tree.root() : null;
  }

  private @Nullable String nextLine() throws IOException {
    line++;
    String next = lines.readLine();
    // Some editors begin a file with it, and the first key would be another one's.
    return line == 1 && next != null && next.startsWith(BYTE_ORDER_MARK) ? next.substring(1) : next;
  }

  /** The line with those that continue it. */
  private String wholeEntry(String first) throws IOException {
    String start = first.stripLeading();
    if (start.startsWith("#") || start.startsWith("!")) {
      return "";
    }
    StringBuilder entry = new StringBuilder(first);
    String last = first;
    while (isContinued(last)) {
      last = nextLine();
      if (last == null) {
        break;
      }
      entry.append('\n').append(last);
    }
    return entry.toString();
  }

  private static boolean isContinued(String line) {
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private Properties parse(String entry, int firstLine) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(entry));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          name
              + ":"
              + firstLine
              + ": has a \\u without four hexadecimal digits; write \\\\u or \\u0041",
          e);
    }
    return properties;
  }
}
