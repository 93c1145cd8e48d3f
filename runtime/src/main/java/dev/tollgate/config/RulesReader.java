package dev.tollgate.config;

import java.util.ArrayList;
import java.util.List;

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
    List<Entry> items = ListItems.of(entry);
    if (items == null) {
      throw entry.mustBe(ConfigKey.RULES.type().expected());
    }
    List<Rule> rules = new ArrayList<>();
    for (Entry item : items) {
      rules.add(readRule(item));
    }
    return rules;
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
