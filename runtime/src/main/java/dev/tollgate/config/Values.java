package dev.tollgate.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was given, key by key. What is put later wins. */
final class Values {
  private final Map<String, Object> values = new HashMap<>();
  private final Map<NamedSections, Map<String, Entry>> sections = new HashMap<>();

  /** Puts the value of a key; inside {@link NamedSections}, that of the one called {@code name}. */
  <T> void put(ConfigKey<T> key, @Nullable String name, T value) {
    values.put(path(key, name), value);
  }

  /** Null where it wasn't given. */
  @SuppressWarnings("unchecked") // put takes nothing else
  <T> @Nullable T get(ConfigKey<T> key, @Nullable String name) {
    return (T) values.get(path(key, name));
  }

  /** Of a key that isn't inside {@link NamedSections}; null where it wasn't given. */
  <T> @Nullable T get(ConfigKey<T> key) {
    return get(key, null);
  }

  <T> T getOr(ConfigKey<T> key, T otherwise) {
    T value = get(key);
    return value == null ? otherwise : value;
  }

  /** Notes that something is said of the section called {@code name}. */
  void putSection(NamedSections named, String name, Entry section) {
    Map<String, Entry> byName = sections.get(named);
    if (byName == null) {
      byName = new LinkedHashMap<>();
      sections.put(named, byName);
    }
    byName.put(name, section);
  }

  /** Where each was last spoken of, by its name, in the order of appearance. */
  Map<String, Entry> sections(NamedSections named) {
    return Collections.unmodifiableMap(sections.getOrDefault(named, Map.of()));
  }

  private static String path(ConfigKey<?> key, @Nullable String name) {
    return name == null ? key.path() : key.path().replace(ConfigKey.NAME, name);
  }
}
