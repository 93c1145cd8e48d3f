package dev.tollgate.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was given, key by key. What is put later wins. */
final class Values {
  /** Limiters, or checks. Each costs memory for as long as the program runs. */
  static final int MOST_SECTIONS = 10_000;

  private final Map<String, Written> values = new HashMap<>();
  private int written;
  private final Map<NamedSections, Map<String, Entry>> sections = new HashMap<>();

  /** Puts the value of a key; inside {@link NamedSections}, that of the one called {@code name}. */
  <T> void put(ConfigKey<T> key, @Nullable String name, T value, Entry entry) {
    values.put(path(key, name), new Written(value, entry, ++written));
  }

  /** Null where it wasn't given. */
  @SuppressWarnings("unchecked") // put takes nothing else
  <T> @Nullable T get(ConfigKey<T> key, @Nullable String name) {
    Written found = values.get(path(key, name));
    return found == null ? null : (T) found.value();
  }

  /** Of a key that isn't inside {@link NamedSections}; null where it wasn't given. */
  <T> @Nullable T get(ConfigKey<T> key) {
    return get(key, null);
  }

  <T> T getOr(ConfigKey<T> key, T otherwise) {
    T value = get(key);
    return value == null ? otherwise : value;
  }

  /** Where a key was last given; null where it wasn't. */
  @Nullable Entry entry(ConfigKey<?> key) {
    Written found = values.get(key.path());
    return found == null ? null : found.entry();
  }

  /** Whether {@code a} was given, and {@code b} wasn't after it. */
  boolean isLater(ConfigKey<?> a, ConfigKey<?> b) {
    Written ofA = values.get(a.path());
    Written ofB = values.get(b.path());
    return ofA != null && (ofB == null || ofA.order() > ofB.order());
  }

  /** Whether any key was given whose path begins like this. */
  boolean hasAny(String beginning) {
    for (String path : values.keySet()) {
      if (path.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Notes that something is said of the section called {@code name}.
   *
   * @throws ConfigurationException if there are too many of them
   */
  void putSection(NamedSections named, String name, Entry section) {
    Map<String, Entry> byName = sections.get(named);
    if (byName == null) {
      byName = new LinkedHashMap<>();
      sections.put(named, byName);
    }
    byName.put(name, section);
    if (byName.size() > MOST_SECTIONS) {
      throw new ConfigurationException(
          section.node().origin().place()
              + ": too many names; there may be "
              + MOST_SECTIONS
              + " of "
              + named.inWords());
    }
  }

  /** Where each was last spoken of, by its name, in the order of appearance. */
  Map<String, Entry> sections(NamedSections named) {
    return Collections.unmodifiableMap(sections.getOrDefault(named, Map.of()));
  }

  private static String path(ConfigKey<?> key, @Nullable String name) {
    return name == null ? key.path() : key.path().replace(ConfigKey.NAME, name);
  }

  /**
   * A value.
   *
   * @param order the higher, the later
   */
  private record Written(Object value, Entry entry, int order) {}
}
