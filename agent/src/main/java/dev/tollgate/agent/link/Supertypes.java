package dev.tollgate.agent.link;

import org.jspecify.annotations.Nullable;

/** Finds the type that declares something among those above a class, by asking no loader. */
final class Supertypes {
  private Supertypes() {}

  /** The type of this name; {@code type} itself where none above has it. */
  static Class<?> named(Class<?> type, String name) {
    Class<?> found = find(type, name);
    return found == null ? type : found;
  }

  private static @Nullable Class<?> find(Class<?> type, String name) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (each.getName().equals(name)) {
        return each;
      }
      for (Class<?> face : each.getInterfaces()) {
        Class<?> found = find(face, name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
