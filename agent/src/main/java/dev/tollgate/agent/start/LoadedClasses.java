package dev.tollgate.agent.start;

import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.agent.weave.Rules;
import dev.tollgate.jmx.MissedMethod;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Classes that were loaded before the transformer was there: all of a running program's, but also
 * some at launch, where another agent comes first or JDK 25's AOT cache has loaded the program's
 * classes already.
 */
final class LoadedClasses {
  private LoadedClasses() {}

  /**
   * Those of {@code loaded} that the agent may change, each after the types above it: the weaver
   * then knows those by the bytes that the JVM has, and asks no loader for them.
   */
  static List<Class<?>> changeable(
      Class<?>[] loaded, Rules rules, Instrumentation instrumentation) {
    Set<Class<?>> ordered = new LinkedHashSet<>();
    for (Class<?> type : loaded) {
      add(type, ordered, rules, instrumentation);
    }
    return new ArrayList<>(ordered);
  }

  /**
   * Offers each of them to the transformers. Those that can't be are reported as missed.
   *
   * @return the names of those
   * @throws OutOfMemoryError if there is no memory for more than one of them
   */
  static List<String> retransform(
      List<Class<?>> loaded, Instrumentation instrumentation, AgentReport report, Console console) {
    Retransformation retransformation = Retransformation.of(loaded, instrumentation);
    retransformation.throwIfOutOfMemory();
    List<String> names = new ArrayList<>();
    for (Map.Entry<Class<?>, Throwable> failed : retransformation.failed().entrySet()) {
      String name = failed.getKey().getName();
      String why =
          "was loaded before the agent and can't be woven: ".concat(failed.getValue().toString());
      report.add(new MissedMethod(name, "", why));
      console.error("missed ".concat(name).concat(": ").concat(why));
      names.add(name);
    }
    return names;
  }

  /**
   * Offers each class that is woven to the transformers that are there now.
   *
   * @return the names of those that stay woven
   */
  static List<String> restore(Instrumentation instrumentation, AgentReport report) {
    List<Class<?>> woven = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (report.isWoven(type.getClassLoader(), type.getName())) {
        woven.add(type);
      }
    }
    List<String> stay = new ArrayList<>();
    for (Class<?> failed : Retransformation.of(woven, instrumentation).failed().keySet()) {
      stay.add(failed.getName());
    }
    return stay;
  }

  private static void add(
      Class<?> type, Set<Class<?>> all, Rules rules, Instrumentation instrumentation) {
    if (!mayBeLimited(type, rules)
        || all.contains(type)
        || !instrumentation.isModifiableClass(type)) {
      return;
    }
    if (type.getSuperclass() != null) {
      add(type.getSuperclass(), all, rules, instrumentation);
    }
    for (Class<?> face : type.getInterfaces()) {
      add(face, all, rules, instrumentation);
    }
    all.add(type);
  }

  private static boolean mayBeLimited(Class<?> type, Rules rules) {
    return isOfProgram(type) || rules.mayReach(type);
  }

  /** Whether its loader, or {@code -Xbootclasspath/a}, is the program's. */
  static boolean isOfProgram(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null) {
      return !type.getModule().isNamed();
    }
    return !ClassLoader.getPlatformClassLoader().equals(loader)
        && !LoadedClasses.class.getClassLoader().equals(loader)
        // What reflection of 17 writes, each in a loader of its own.
        && !type.getName().startsWith("jdk.internal.reflect.")
        && !type.getName().startsWith("dev.tollgate.agent.");
  }
}
