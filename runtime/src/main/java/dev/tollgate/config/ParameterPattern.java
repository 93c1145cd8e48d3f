package dev.tollgate.config;

import java.util.ArrayList;
import java.util.List;

/** The types in a rule's parameter list: whole names, simple ones, or {@code *} for any type. */
final class ParameterPattern {
  private final List<String> types;

  private ParameterPattern(List<String> types) {
    this.types = types;
  }

  /**
   * Reads what stands between the parentheses.
   *
   * @throws IllegalArgumentException if it can't; the message is what it must be
   */
  static ParameterPattern parse(String text) {
    List<String> types = new ArrayList<>();
    if (!text.isBlank()) {
      int from = 0;
      while (from <= text.length()) {
        int comma = text.indexOf(',', from);
        int to = comma < 0 ? text.length() : comma;
        types.add(type(text.substring(from, to).strip()));
        from = to + 1;
      }
    }
    return new ParameterPattern(types);
  }

  /** Whether a method with this descriptor (JVMS 4.3.3) has such parameters. */
  boolean matches(String descriptor) {
    int at = 1;
    for (String type : types) {
      if (descriptor.charAt(at) == ')') {
        return false;
      }
      int end = end(descriptor, at);
      if (!matches(type, name(descriptor, at, end))) {
        return false;
      }
      at = end;
    }
    return descriptor.charAt(at) == ')';
  }

  @Override
  public String toString() {
    return String.join(",", types);
  }

  private static String type(String text) {
    if (text.indexOf('<') >= 0) {
      throw new IllegalArgumentException(
          "parameter types without their type arguments: java.util.List");
    }
    String type = text.endsWith("...") ? text.substring(0, text.length() - 3).concat("[]") : text;
    String element = type;
    while (element.endsWith("[]")) {
      element = element.substring(0, element.length() - 2);
    }
    if (!element.equals("*") && !Names.isName(element, false)) {
      throw new IllegalArgumentException(
          "a list of types with commas between them: (java.lang.String,int[],*)");
    }
    return type;
  }

  private static boolean matches(String pattern, String type) {
    if (pattern.equals("*")) {
      return true;
    }
    if (Wildcard.matches(pattern, type)) {
      return true;
    }
    // A simple name, or Outer.Inner without the package.
    int at = type.length() - pattern.length();
    if (at <= 0 || pattern.charAt(0) == '*') {
      return false;
    }
    char before = type.charAt(at - 1);
    return (before == '.' || before == '$') && Wildcard.matches(pattern, type.substring(at));
  }

  private static int end(String descriptor, int start) {
    int at = start;
    while (descriptor.charAt(at) == '[') {
      at++;
    }
    return descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) + 1 : at + 1;
  }

  private static String name(String descriptor, int start, int end) {
    int at = start;
    StringBuilder brackets = new StringBuilder();
    while (descriptor.charAt(at) == '[') {
      brackets.append("[]");
      at++;
    }
    String element =
        switch (descriptor.charAt(at)) {
          case 'Z' -> "boolean";
          case 'B' -> "byte";
          case 'C' -> "char";
          case 'S' -> "short";
          case 'I' -> "int";
          case 'J' -> "long";
          case 'F' -> "float";
          case 'D' -> "double";
          default -> descriptor.substring(at + 1, end - 1).replace('/', '.');
        };
    return element.concat(brackets.toString());
  }
}
