package dev.tollgate.benchmarks.start.program;

import java.io.IOException;

/** Loads a large program's classes, all written by the benchmark, and calls each once. */
public final class Many {
  /** How many there are. */
  public static final int CLASSES = 5_000;

  /** Each class that is a multiple of this has an annotated method. */
  public static final int ANNOTATED_EACH = 100;

  /** The classes' names, before their numbers. */
  public static final String NAME = "generated.Type";

  private Many() {}

  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    callAll();
    Done.say(args);
  }

  static void callAll() throws ReflectiveOperationException {
    for (int i = 0; i < CLASSES; i++) {
      Runnable type =
          Class.forName(NAME.concat(Integer.toString(i)))
              .asSubclass(Runnable.class)
              .getConstructor()
              .newInstance();
      type.run();
    }
  }
}
