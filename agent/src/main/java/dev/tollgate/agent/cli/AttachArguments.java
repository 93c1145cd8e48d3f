package dev.tollgate.agent.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * {@code key=value} as people type it, each by itself or with commas between them, as one text of
 * agent arguments.
 */
final class AttachArguments {
  private static final String CONFIG = "config";

  /** A comma outside of quotes that a key and its {@code =} follow; others are of a value. */
  private static final Pattern BETWEEN_PAIRS =
      Pattern.compile(",(?=\\s*[a-z][^,=]*=)(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

  private AttachArguments() {}

  /**
   * @param directory what a relative path of {@code config} starts from: the other JVM's own
   *     working directory is another
   * @throws IllegalArgumentException if that can't be; the message says why
   */
  static String of(List<String> given, Path directory) {
    StringJoiner all = new StringJoiner(",");
    for (String argument : given) {
      // Whoever is used to -javaagent writes a=1, b=2, which a shell makes two of.
      for (String pair : BETWEEN_PAIRS.split(argument.replaceFirst(",$", ""), -1)) {
        all.add(quoted(pair.stripLeading(), directory));
      }
    }
    return all.toString();
  }

  private static String quoted(String pair, Path directory) {
    int equals = pair.indexOf('=');
    if (equals <= 0) {
      throw new IllegalArgumentException("'" + pair + "' is no key=value");
    }
    String key = pair.substring(0, equals);
    String value = unquoted(pair.substring(equals + 1));
    if (key.indexOf(',') >= 0) {
      throw new IllegalArgumentException("'" + key + "' is no key: give each key=value by itself");
    }
    if (value.indexOf('"') >= 0) {
      throw new IllegalArgumentException(
          "the value of " + key + " has a quote in it, which agent arguments can't hold");
    }
    if (key.equals(CONFIG) && !value.isBlank()) {
      value = directory.resolve(value).toString();
    }
    return key + "=\"" + value + "\"";
  }

  /** As for {@code -javaagent}, a value with a comma may come in quotes, and needn't. */
  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
