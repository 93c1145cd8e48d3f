package dev.tollgate.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What no rule may name: code that runs while a permit is taken, so that limiting it would bite its
 * own tail.
 */
final class UnlimitablePackages {
  /** Of java.instrument, java.management and java.logging, which not every JDK has. */
  private static final List<String> OTHERS =
      List.of(
          "java.lang.instrument",
          "java.lang.management",
          "java.util.logging",
          "javax.management",
          "com.sun.jmx",
          "dev.tollgate",
          "sun");

  private UnlimitablePackages() {}

  /** The package that keeps {@code type}, which has no stars, from being limited; or null. */
  static @Nullable String of(String type) {
    String name = packageOf(type);
    for (String other : OTHERS) {
      if (name.equals(other) || name.startsWith(other.concat("."))) {
        return name;
      }
    }
    return javaBase().contains(name) ? name : null;
  }

  /** Whether {@code pattern}, which has stars, can mean nothing but classes of the JDK. */
  static boolean isOfTheJdk(String pattern) {
    return pattern.startsWith("java.")
        || pattern.startsWith("jdk.")
        || pattern.startsWith("sun.")
        || pattern.startsWith("dev.tollgate.");
  }

  private static Set<String> javaBase() {
    // As the running JDK has them, and those that another one may have.
    Set<String> packages = new HashSet<>(Object.class.getModule().getPackages());
    packages.add("java.lang.foreign");
    packages.add("java.lang.classfile");
    return packages;
  }

  /**
   * Packages begin with a small letter, their classes with a capital: nested ones have dots too.
   */
  private static String packageOf(String type) {
    int from = 0;
    int dot = type.indexOf('.');
    while (dot >= 0) {
      if (Character.isUpperCase(type.charAt(from))) {
        return from == 0 ? "" : type.substring(0, from - 1);
      }
      from = dot + 1;
      dot = type.indexOf('.', from);
    }
    return from == 0 ? "" : type.substring(0, from - 1);
  }
}
