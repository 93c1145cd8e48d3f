package dev.tollgate.agent.start;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Of many classes, all that can be. One that can't fails all that are asked for with it, and each
 * asking stops the program and looks at all its classes: a program of ten thousand, asked for one
 * by one, stands still for minutes. So those that failed together are halved.
 */
final class Retransformation {
  /** What HotSpot says of a class whose initialization failed. */
  private static final String INVALID = "class redefinition failed: invalid class";

  private final Instrumentation instrumentation;
  private final Map<Class<?>, Throwable> failed = new LinkedHashMap<>();

  private Retransformation(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /** Answers with those that can't be, and why; those that can't run any more left out. */
  static Map<Class<?>, Throwable> of(List<Class<?>> types, Instrumentation instrumentation) {
    Retransformation retransformation = new Retransformation(instrumentation);
    if (!types.isEmpty()) {
      retransformation.attempt(types);
    }
    return retransformation.failed;
  }

  private void attempt(List<Class<?>> types) {
    try {
      instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
    } catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError e) {
      if (types.size() > 1) {
        int half = types.size() / 2;
        attempt(types.subList(0, half));
        attempt(types.subList(half, types.size()));
      } else if (!INVALID.equals(e.getMessage())) {
        failed.put(types.get(0), e);
      }
    }
  }
}
