package dev.tollgate.config;

import java.util.LinkedHashMap;
import java.util.List;

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
    List<String> names = DottedPath.names(entry);
    Node.Section section = root;
    String at = "";
    for (String name : names.subList(0, names.size() - 1)) {
      at = Entry.join(at, name);
      Node next = section.children().get(name);
      if (next == null) {
        next = new Node.Section(new LinkedHashMap<>(), value.origin());
        section.children().put(name, next);
      }
      if (!(next instanceof Node.Section inner)) {
        throw bothGiven(at, path, value.origin());
      }
      section = inner;
    }
    String last = names.get(names.size() - 1);
    Node existing = section.children().putIfAbsent(last, value);
    if (existing instanceof Node.Section) {
      throw bothGiven(path, new Entry(path, existing).firstLeaf().path(), value.origin());
    }
    if (existing != null) {
      throw entry.error("is given twice; give it once");
    }
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
