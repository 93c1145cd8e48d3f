package dev.tollgate.agent.start;

import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.jmx.MissedMethod;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;

/**
 * Classes that were loaded before the transformer was there: all of a running program's, but also
 * some at launch, where another agent comes first or JDK 25's AOT cache has loaded the program's
 * classes already.
 */
final class LoadedClasses {
  private LoadedClasses() {}

  /** Offers each of them to the transformers. */
  static void retransform(Instrumentation instrumentation, AgentReport report, Console console) {
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (isOfProgram(type) && instrumentation.isModifiableClass(type)) {
        loaded.add(type);
      }
    }
    if (loaded.isEmpty()) {
      return;
    }
    try {
      instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
    } catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError e) {
      oneByOne(instrumentation, loaded, report, console);
    }
  }

  private static void oneByOne(
      Instrumentation instrumentation, List<Class<?>> loaded, AgentReport report, Console console) {
    for (Class<?> type : loaded) {
      try {
        instrumentation.retransformClasses(type);
      } catch (UnmodifiableClassException | RuntimeException | LinkageError | InternalError e) {
        String why = "was loaded before the agent and can't be woven: ".concat(e.toString());
        report.add(new MissedMethod(type.getName(), "", why));
        console.error("missed ".concat(type.getName()).concat(": ").concat(why));
      }
    }
  }

  private static boolean isOfProgram(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader != null
        && !ClassLoader.getPlatformClassLoader().equals(loader)
        && !LoadedClasses.class.getClassLoader().equals(loader)
        && !type.getName().startsWith("dev.tollgate.agent.");
  }
}
