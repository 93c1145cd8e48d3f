package dev.tollgate.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tree that the paths of {@link ConfigKey#ALL} make. A place in it is written as a path of that
 * list or the beginning of one; {@code ""} is {@code tollgate} itself.
 */
final class Schema {
  private static final Map<String, ConfigKey<?>> KEYS = new HashMap<>();
  private static final Map<String, Set<String>> CHILDREN = new HashMap<>();

  static {
    for (ConfigKey<?> key : ConfigKey.ALL) {
      KEYS.put(key.path(), key);
      String place = "";
      for (String name : key.path().split("\\.", -1)) {
        Set<String> children = CHILDREN.get(place);
        if (children == null) {
          children = new LinkedHashSet<>();
          CHILDREN.put(place, children);
        }
        children.add(name);
        place = place.isEmpty() ? name : place + "." + name;
      }
    }
  }

  private Schema() {}

  /** The key at this place; null where it is a section. */
  static @Nullable ConfigKey<?> key(String place) {
    return KEYS.get(place);
  }

  /** The place that {@code name} leads to from {@code place}; null where there is none. */
  static @Nullable String child(String place, String name) {
    Set<String> names = CHILDREN.getOrDefault(place, Set.of());
    String step = names.contains(ConfigKey.NAME) ? ConfigKey.NAME : name;
    if (!names.contains(step)) {
      return null;
    }
    return place.isEmpty() ? step : place + "." + step;
  }

  /** The keys and sections of this place that a user can give, in the order of the table. */
  static List<String> known(String place) {
    List<String> known = new ArrayList<>();
    for (String name : CHILDREN.getOrDefault(place, Set.of())) {
      ConfigKey<?> key = KEYS.get(place.isEmpty() ? name : place + "." + name);
      if (key != ConfigKey.CONFIG && !name.endsWith(ConfigKey.ITEM)) {
        known.add(name);
      }
    }
    return known;
  }
}
