package dev.tollgate.agent.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;

/** {@code key=value} as people type it, as one text of agent arguments. */
final class AttachArguments {
  private static final String CONFIG = "config";

  private AttachArguments() {}

  /**
   * @param directory what a relative path of {@code config} starts from: the other JVM's own
   *     working directory is another
   * @throws IllegalArgumentException if that can't be; the message says why
   */
  static String of(List<String> given, Path directory) {
    StringJoiner all = new StringJoiner(",");
    for (String argument : given) {
      int equals = argument.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException("'" + argument + "' is no key=value");
      }
      String key = argument.substring(0, equals);
      String value = unquoted(argument.substring(equals + 1));
      if (key.indexOf(',') >= 0) {
        throw new IllegalArgumentException(
            "'" + key + "' is no key: give each key=value by itself");
      }
      if (value.indexOf('"') >= 0) {
        throw new IllegalArgumentException(
            "the value of " + key + " has a quote in it, which agent arguments can't hold");
      }
      if (key.equals(CONFIG) && !value.isBlank()) {
        value = directory.resolve(value).toString();
      }
      all.add(key + "=\"" + value + "\"");
    }
    return all.toString();
  }

  /** As for {@code -javaagent}, a value with a comma may come in quotes, and needn't. */
  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
