package dev.tollgate.jmx;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.TreeSet;

/** What a client on the other side of a connection must know to read a value. */
final class Wire extends ObjectOutputStream {
  private final Set<String> classes = new TreeSet<>();

  private Wire() throws IOException {
    super(OutputStream.nullOutputStream());
  }

  /** The names of the classes in the serial form of {@code value}. */
  static Set<String> classesOf(Object value) throws IOException {
    try (Wire wire = new Wire()) {
      wire.writeObject(value);
      return wire.classes;
    }
  }

  @Override
  protected void annotateClass(Class<?> type) {
    classes.add(type.getName());
  }
}
