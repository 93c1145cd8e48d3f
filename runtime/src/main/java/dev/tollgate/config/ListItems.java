package dev.tollgate.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The items of a list, however the format writes one. */
final class ListItems {
  private ListItems() {}

  /**
   * In their order; null where {@code entry} isn't a list.
   *
   * @throws ConfigurationException if two of them have the same number
   */
  static @Nullable List<Entry> of(Entry entry) {
    if (entry.node() instanceof Node.Items list) {
      List<Entry> items = new ArrayList<>();
      for (Node item : list.items()) {
        items.add(new Entry(path(entry, items.size()), item));
      }
      return items;
    }
    if (entry.node() instanceof Node.Section section && !section.children().isEmpty()) {
      return numbered(entry, section);
    }
    return null;
  }

  /** What the item at {@code index} is called in messages. */
  static String path(Entry list, int index) {
    return list.path() + "[" + index + "]";
  }

  /** HOCON's way to write a list in a properties file: {@code rules.0.method=…}. */
  private static @Nullable List<Entry> numbered(Entry entry, Node.Section section) {
    Map<Integer, Entry> items = new TreeMap<>();
    for (Map.Entry<String, Node> child : section.children().entrySet()) {
      Entry item = new Entry(Entry.join(entry.path(), child.getKey()), child.getValue());
      int number;
      try {
        number = Integer.parseUnsignedInt(child.getKey());
      } catch (NumberFormatException e) {
        return null;
      }
      if (items.put(number, item) != null) {
        throw item.error("is given twice; give it once"); // 1 and 01
      }
    }
    return new ArrayList<>(items.values());
  }
}
