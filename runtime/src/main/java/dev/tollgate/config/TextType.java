package dev.tollgate.config;

/** A value that is one text. */
abstract class TextType<T> extends ValueType<T> {
  TextType(String name, String expected) {
    super(name, expected);
  }

  @Override
  final T read(Entry entry) {
    if (!(entry.node() instanceof Node.Scalar scalar) || scalar.text().isBlank()) {
      throw entry.mustBe(expected());
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
    return wrong(text, expected());
  }

  static IllegalArgumentException wrong(String text, String expected) {
    return new IllegalArgumentException("is " + text + "; it must be " + expected);
  }
}
