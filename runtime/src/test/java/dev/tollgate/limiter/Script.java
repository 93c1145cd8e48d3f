package dev.tollgate.limiter;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;

/**
 * A scenario for Lincheck as text: {@code "take 1 | advance 4, take 1 | take 1"} is a first call,
 * made before any other by the thread that then makes the next two, beside another that makes one.
 */
final class Script {
  private Script() {}

  static ExecutionScenario of(Class<?> test, String text) {
    String[] parts = text.split("\\|");
    List<List<Actor>> threads = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      threads.add(calls(test, parts[i]));
    }
    return new ExecutionScenario(calls(test, parts[0]), threads, List.of(), null);
  }

  private static List<Actor> calls(Class<?> test, String text) {
    List<Actor> calls = new ArrayList<>();
    for (String call : text.strip().split(", ")) {
      String[] words = call.split(" ");
      calls.add(new Actor(method(test, words[0]), List.of(Integer.valueOf(words[1]))));
    }
    return calls;
  }

  private static Method method(Class<?> test, String name) {
    try {
      return test.getMethod(name, int.class);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
