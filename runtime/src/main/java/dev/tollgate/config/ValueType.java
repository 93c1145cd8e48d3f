package dev.tollgate.config;

/**
 * How the text of a value is read. A class for each, not a function: the first lambda of a JVM
 * costs it tens of milliseconds, and this may run before the program does.
 */
abstract class ValueType<T> {
  private final String name;
  private final String expected;

  /**
   * A type.
   *
   * @param name for the reference table
   * @param expected what would be right, after "it must be"
   */
  ValueType(String name, String expected) {
    this.name = name;
    this.expected = expected;
  }

  final String name() {
    return name;
  }

  final String expected() {
    return expected;
  }

  /**
   * The value of {@code entry}.
   *
   * @throws ConfigurationException if it isn't of this type
   */
  final T read(Entry entry) {
    if (!(entry.node() instanceof Node.Scalar scalar) || scalar.text().isBlank()) {
      throw entry.mustBe(expected);
    }
    try {
      return parse(scalar.text().strip());
    } catch (IllegalArgumentException e) {
      throw entry.error(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads text that has no blanks around it.
   *
   * @throws IllegalArgumentException if it can't; the message is the predicate of a sentence about
   *     the key
   */
  abstract T parse(String text);

  final IllegalArgumentException wrong(String text) {
    return wrong(text, expected);
  }

  static IllegalArgumentException wrong(String text, String expected) {
    return new IllegalArgumentException("is " + text + "; it must be " + expected);
  }
}
