package dev.tollgate.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the list of rules. */
final class RulesReader {
  private static final String ITEM = ConfigKey.RULES.path() + ConfigKey.ITEM;

  private RulesReader() {}

  /**
   * The rules, in their order.
   *
   * @throws ConfigurationException if {@code entry} isn't a list of rules in a file
   */
  static List<Rule> read(Entry entry) {
    if (!entry.node().origin().isFile()) {
      throw entry
          .asWritten()
          .error("can't be given here; rules stand only in the configuration file");
    }
    List<Rule> rules = new ArrayList<>();
    for (Entry item : items(entry)) {
      rules.add(readRule(item));
    }
    return rules;
  }

  private static List<Entry> items(Entry entry) {
    List<Entry> items = new ArrayList<>();
    if (entry.node() instanceof Node.Items list) {
      for (Node item : list.items()) {
        items.add(new Entry(entry.path() + "[" + items.size() + "]", item));
      }
      return items;
    }
    if (entry.node() instanceof Node.Section section && !section.children().isEmpty()) {
      return numbered(entry, section);
    }
    throw entry.mustBe(ConfigKey.RULES.type().expected());
  }

  /** HOCON's way to write a list in a properties file: {@code rules.0.method=…}. */
  private static List<Entry> numbered(Entry entry, Node.Section section) {
    Map<Integer, Entry> items = new TreeMap<>();
    for (Map.Entry<String, Node> child : section.children().entrySet()) {
      String path = Entry.join(entry.path(), child.getKey());
      try {
        items.put(Integer.parseUnsignedInt(child.getKey()), new Entry(path, child.getValue()));
      } catch (NumberFormatException e) {
        throw entry.mustBe(ConfigKey.RULES.type().expected());
      }
    }
    return new ArrayList<>(items.values());
  }

  private static Rule readRule(Entry item) {
    Values values = new Values();
    new TreeReader(values).readSection(item, ITEM, null);
    return new Rule(
        required(ConfigKey.RULE_METHOD, values, item),
        required(ConfigKey.RULE_LIMITER, values, item),
        values.getOr(ConfigKey.RULE_WEIGHT, 1L),
        values.get(ConfigKey.RULE_TIMEOUT),
        item.node().origin().place());
  }

  private static String required(ConfigKey<String> key, Values values, Entry item) {
    String value = values.get(key);
    if (value == null) {
      String name = key.path().substring(ITEM.length() + 1);
      throw item.error("has no " + name + "; give it " + key.type().expected());
    }
    return value;
  }
}
