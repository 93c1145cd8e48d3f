package dev.tollgate.config;

import java.util.ArrayList;
import java.util.List;

/** The names of a dotted path. One in double quotes may hold dots, as in HOCON: {@code a."b.c"}. */
final class DottedPath {
  /** No key stands as deep; putting one into the tree takes the square of its depth. */
  private static final int DEEPEST = 32;

  private static final String RIGHT = "; write a.b.c or a.\"b.c\"";

  private final Entry entry;
  private final String path;
  private int at;

  private DottedPath(Entry entry) {
    this.entry = entry;
    this.path = entry.path();
  }

  /**
   * The names of {@code entry}'s path as it was written; at least one, and none is empty.
   *
   * @throws ConfigurationException if one would be empty, or a quote isn't where it should be
   */
  static List<String> names(Entry entry) {
    DottedPath reader = new DottedPath(entry);
    List<String> names = new ArrayList<>();
    names.add(reader.next());
    while (reader.at < reader.path.length()) {
      reader.at++; // the dot
      names.add(reader.next());
      if (names.size() > DEEPEST) {
        throw new ConfigurationException(
            entry.node().origin().place() + ": a key has more than " + DEEPEST + " names");
      }
    }
    return names;
  }

  private String next() {
    String name = path.startsWith("\"", at) ? quoted() : plain();
    if (name.isEmpty()) {
      throw entry.error("has nothing before, after or between its dots" + RIGHT);
    }
    return name;
  }

  private String plain() {
    int begin = at;
    int dot = path.indexOf('.', begin);
    at = dot < 0 ? path.length() : dot;
    return path.substring(begin, at);
  }

  private String quoted() {
    int begin = at + 1;
    int end = path.indexOf('"', begin);
    if (end < 0) {
      throw entry.error("has an opening quote and no closing one" + RIGHT);
    }
    at = end + 1;
    if (at < path.length() && path.charAt(at) != '.') {
      throw entry.error("goes on after a closing quote" + RIGHT);
    }
    return path.substring(begin, end);
  }
}
