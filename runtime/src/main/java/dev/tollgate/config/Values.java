package dev.tollgate.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was given, key by key. What is put later wins. */
final class Values {
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, Entry> limiters = new LinkedHashMap<>();

  /** Puts the value of a key; of a limiter's key, that of {@code limiter}. */
  <T> void put(ConfigKey<T> key, @Nullable String limiter, T value) {
    values.put(path(key, limiter), value);
  }

  /** Null where it wasn't given. */
  @SuppressWarnings("unchecked") // put takes nothing else
  <T> @Nullable T get(ConfigKey<T> key, @Nullable String limiter) {
    return (T) values.get(path(key, limiter));
  }

  /** Of a key that isn't a limiter's; null where it wasn't given. */
  <T> @Nullable T get(ConfigKey<T> key) {
    return get(key, null);
  }

  <T> T getOr(ConfigKey<T> key, T otherwise) {
    T value = get(key);
    return value == null ? otherwise : value;
  }

  /** Notes that {@code section} says something of a limiter. */
  void putLimiter(String name, Entry section) {
    limiters.put(name, section);
  }

  /** Where each limiter was last spoken of, by its name, in the order of appearance. */
  Map<String, Entry> limiters() {
    return Collections.unmodifiableMap(limiters);
  }

  private static String path(ConfigKey<?> key, @Nullable String limiter) {
    return limiter == null ? key.path() : key.path().replace(ConfigKey.NAME, limiter);
  }
}
