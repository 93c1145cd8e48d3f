package dev.tollgate.config;

/**
 * How a value is read. A class for each, not a function: the first lambda of a JVM costs it tens of
 * milliseconds, and this may run before the program does.
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
  abstract T read(Entry entry);
}
