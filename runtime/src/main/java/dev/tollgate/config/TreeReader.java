package dev.tollgate.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a tree of written values by the keys that there are. */
final class TreeReader {
  private final Values values;

  TreeReader(Values values) {
    this.values = values;
  }

  /**
   * Reads what stands under {@code tollgate}.
   *
   * @throws ConfigurationException if any of it isn't as it should be
   */
  void read(Node tollgate) {
    readSection(new Entry("", tollgate), "", null);
  }

  /**
   * Reads {@code entry}, which stands at {@code place} of the {@link Schema}.
   *
   * @param name of the {@link NamedSections} that this is one of, or inside one; null where it
   *     isn't
   */
  void readSection(Entry entry, String place, @Nullable String name) {
    if (!(entry.node() instanceof Node.Section section)) {
      throw entry.mustBe("a section with " + inWords(place));
    }
    NamedSections named = NamedSections.at(place);
    for (Map.Entry<String, Node> child : section.children().entrySet()) {
      String key = child.getKey();
      Entry value = new Entry(Entry.join(entry.path(), key), child.getValue());
      String childPlace = Schema.child(place, key);
      if (childPlace == null) {
        throw unknown(value, key, place);
      }
      if (named != null) {
        readNamed(named, value, childPlace, key);
      } else {
        readChild(value, childPlace, name);
      }
    }
  }

  private void readNamed(NamedSections named, Entry entry, String place, String name) {
    try {
      named.check(name);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          entry.node().origin().name(entry.path()) + ": " + e.getMessage(), e);
    }
    readSection(entry, place, name);
    values.putSection(named, name, entry);
  }

  private void readChild(Entry entry, String place, @Nullable String name) {
    ConfigKey<?> key = Schema.key(place);
    if (key == null) {
      readSection(entry, place, name);
    } else if (key == ConfigKey.CONFIG) {
      if (!entry.node().origin().isFile()) {
        throw entry.mustBe(key.type().expected());
      }
      throw entry.error(
          "can't name the file from inside it; use the agent argument config=…,"
              + " -Dtollgate.config=… or the environment variable TOLLGATE_CONFIG");
    } else if (key == ConfigKey.RULES) {
      values.put(ConfigKey.RULES, null, RulesReader.read(entry), entry);
    } else {
      readValue(key, entry, name);
    }
  }

  private <T> void readValue(ConfigKey<T> key, Entry entry, @Nullable String name) {
    values.put(key, name, key.type().read(entry), entry);
  }

  private static ConfigurationException unknown(Entry value, String name, String place) {
    Entry entry = value.asWritten();
    Origin origin = entry.node().origin();
    String meant = NearMiss.of(name, Schema.known(place));
    return new ConfigurationException(
        origin.place()
            + ": unknown key "
            + origin.key(entry.path())
            + "; "
            + (meant == null ? "" : "did you mean " + meant + "? ")
            + "known here are "
            + inWords(place)
            + (NamedSections.mayBeCut(place, value.node())
                ? "; a name with a dot stands in double quotes"
                : ""));
  }

  private static String inWords(String place) {
    NamedSections named = NamedSections.at(place);
    return named != null ? named.inWords() : String.join(", ", Schema.known(place));
  }
}
