package dev.tollgate.agent.start;

import java.lang.instrument.Instrumentation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Retransforms many classes, some at a time: the JVM frees the old versions of classes only between
 * calls, so the memory that one call takes is bounded by the number of its classes. Each call stops
 * the program and looks at all its classes, so one class at a time would take minutes.
 *
 * <p>A class that can't be retransformed fails the whole call. The classes of a call that failed
 * are halved until that one is found. Once memory has run out twice there is none, and the rest
 * isn't attempted.
 */
final class Retransformation {
  /** Measured with 10,000 classes: fewer take longer, more take more memory at a time. */
  private static final int AT_A_TIME = 100;

  /** One that has no memory may be an accident: an error that its own bytes lead to. */
  private static final int ACCIDENTS = 1;

  /** HotSpot's message for a class whose initialization failed. */
  private static final String INVALID = "class redefinition failed: invalid class";

  private final Instrumentation instrumentation;
  private final Map<Class<?>, Throwable> failed = new LinkedHashMap<>();
  private int outOfMemory;
  private @Nullable OutOfMemoryError last;

  private Retransformation(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /** Retransforms all of {@code types} that can be, in this order. */
  static Retransformation of(List<Class<?>> types, Instrumentation instrumentation) {
    Retransformation retransformation = new Retransformation(instrumentation);
    for (int from = 0; from < types.size(); from += AT_A_TIME) {
      int to = Math.min(types.size(), from + AT_A_TIME);
      retransformation.attempt(types.subList(from, to));
    }
    return retransformation;
  }

  /** Those that couldn't be, and why; those that can't run any more are left out. */
  Map<Class<?>, Throwable> failed() {
    return failed;
  }

  /** Throws if the rest wasn't attempted since memory had run out. */
  void throwIfOutOfMemory() {
    OutOfMemoryError error = last;
    if (error != null && outOfMemory > ACCIDENTS) {
      throw error;
    }
  }

  private void attempt(List<Class<?>> types) {
    if (outOfMemory > ACCIDENTS && last != null) {
      for (Class<?> type : types) {
        failed.put(type, last);
      }
      return;
    }
    try {
      instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
    } catch (Throwable e) {
      if (types.size() > 1) {
        int half = types.size() / 2;
        attempt(types.subList(0, half));
        attempt(types.subList(half, types.size()));
      } else {
        fail(types.get(0), e);
      }
    }
  }

  private void fail(Class<?> type, Throwable why) {
    if (why instanceof OutOfMemoryError error) {
      outOfMemory++;
      last = error;
    }
    if (!INVALID.equals(why.getMessage())) {
      failed.put(type, why);
    }
  }
}
