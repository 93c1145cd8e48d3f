package dev.tollgate.config;

import java.util.List;
import java.util.Map;

/**
 * A value as it was written, whatever the format, before anything is known of what it should be.
 */
sealed interface Node {
  Origin origin();

  /** The predicate of an error message: {@code "is 5"}. */
  String describe();

  /** Text, a number or a boolean: a type is what the key asks for, not what the format has. */
  record Scalar(String text, Origin origin) implements Node {
    @Override
    public String describe() {
      return text.isBlank() ? "is empty" : "is " + text;
    }
  }

  /** Keys and values, in the order of the text. */
  record Section(Map<String, Node> children, Origin origin) implements Node {
    @Override
    public String describe() {
      return children.isEmpty()
          ? "is an empty section"
          : "has " + children.keySet().iterator().next() + " inside it";
    }
  }

  record Items(List<Node> items, Origin origin) implements Node {
    @Override
    public String describe() {
      return "is a list";
    }
  }

  record Null(Origin origin) implements Node {
    @Override
    public String describe() {
      return "is null";
    }
  }
}
