package dev.tollgate.config;

import java.util.LinkedHashMap;

/** The tree that dotted names stand for: {@code a.b=1} is {@code b=1} inside {@code a}. */
final class DottedTree {
  private final Node.Section root;

  DottedTree(Origin origin) {
    root = new Node.Section(new LinkedHashMap<>(), origin);
  }

  /** What was put. */
  Node.Section root() {
    return root;
  }

  /**
   * Puts a value at {@code path}.
   *
   * @throws ConfigurationException if there is one already, at the path itself, above or below it
   */
  void put(String path, Node value) {
    Entry entry = new Entry(path, value);
    String[] names = path.split("\\.", -1);
    Node.Section section = root;
    String at = "";
    for (int i = 0; i < names.length - 1; i++) {
      at = step(at, names[i], entry);
      Node next = section.children().get(names[i]);
      if (next == null) {
        next = new Node.Section(new LinkedHashMap<>(), value.origin());
        section.children().put(names[i], next);
      }
      if (!(next instanceof Node.Section inner)) {
        throw bothGiven(at, path, value.origin());
      }
      section = inner;
    }
    String last = names[names.length - 1];
    Node existing = section.children().putIfAbsent(last, value);
    if (existing instanceof Node.Section) {
      throw bothGiven(path, new Entry(path, existing).firstLeaf().path(), value.origin());
    }
    if (existing != null) {
      throw entry.error("is given twice; give it once");
    }
    step(at, last, entry);
  }

  private static String step(String at, String name, Entry entry) {
    if (name.isEmpty()) {
      throw entry.error("has nothing before, after or between its dots; write a.b.c");
    }
    return Entry.join(at, name);
  }

  private static ConfigurationException bothGiven(String outer, String inner, Origin origin) {
    return new ConfigurationException(
        origin.place()
            + ": "
            + origin.key(outer)
            + " and "
            + origin.key(inner)
            + " can't both be given; the second is inside the first");
  }
}
