package dev.tollgate.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text after {@code -javaagent:…=}: {@code key=value,key="value, with a comma"}. */
final class AgentArguments {
  private static final String RIGHT = "; write key=value,key=\"value, with a comma\"";

  private final String text;
  private final Map<String, String> arguments = new LinkedHashMap<>();
  private int at;

  private AgentArguments(String text) {
    this.text = text;
  }

  /**
   * The values by key, in the order of the text; none for null or blank text.
   *
   * @throws ConfigurationException if an argument has no key or no {@code =}, a quote isn't closed
   *     or a key is there twice
   */
  static Map<String, String> parse(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return Map.of();
    }
    AgentArguments parser = new AgentArguments(text);
    parser.readArgument();
    while (parser.at < text.length()) {
      parser.at++; // the comma
      parser.readArgument();
    }
    return parser.arguments;
  }

  private void readArgument() {
    int comma = indexOrEnd(',');
    int equals = indexOrEnd('=');
    if (equals >= comma) {
      String argument = text.substring(at, comma).strip();
      throw wrong(argument.isEmpty() ? "an argument is empty" : "'" + argument + "' has no '='");
    }
    String key = text.substring(at, equals).strip();
    if (key.isEmpty()) {
      throw wrong("'" + text.substring(at, comma).strip() + "' has no key");
    }
    at = equals + 1;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    boolean quoted = at < text.length() && text.charAt(at) == '"';
    if (arguments.put(key, quoted ? readQuoted(key) : readPlain(key)) != null) {
      throw new ConfigurationException(
          Origin.AGENT_ARGUMENT.name(key) + " is given twice; give it once");
    }
  }

  private String readPlain(String key) {
    int comma = indexOrEnd(',');
    String value = text.substring(at, comma).strip();
    if (value.indexOf('"') >= 0) {
      throw wrong("the value of " + key + " has a quote inside it");
    }
    at = comma;
    return value;
  }

  private String readQuoted(String key) {
    int end = text.indexOf('"', at + 1);
    if (end < 0) {
      throw wrong("the value of " + key + " has an opening quote and no closing one");
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    int comma = indexOrEnd(',');
    if (!text.substring(at, comma).isBlank()) {
      throw wrong("the value of " + key + " goes on after its closing quote");
    }
    at = comma;
    return value;
  }

  private int indexOrEnd(char c) {
    int index = text.indexOf(c, at);
    return index < 0 ? text.length() : index;
  }

  private static ConfigurationException wrong(String what) {
    return new ConfigurationException("agent arguments: " + what + RIGHT);
  }
}
