package dev.tollgate.agent.start;

import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.agent.weave.LoaderNames;
import dev.tollgate.jmx.MissedMethod;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limiters that the program's own copies of the runtime made before the agent came. They become the
 * agent's, with all that they have, so that there is one of each name in the JVM.
 *
 * <p>To be called when the door is installed, and before anything is woven: a copy that looks for
 * an agent from then on finds it, and no woven call finds a limiter that is still another one.
 */
final class ProgramLimiters {
  private static final String DOOR = "dev.tollgate.limiter.Door";

  private ProgramLimiters() {}

  static void follow(
      Instrumentation instrumentation,
      Map<String, Object> door,
      AgentReport report,
      Console console) {
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      // Loaded by whoever has looked for an agent, and nobody has limiters who hasn't.
      if (type.getName().equals(DOOR)
          && !ProgramLimiters.class.getClassLoader().equals(type.getClassLoader())) {
        for (String line : follow(type, door)) {
          report.add(new MissedMethod(type.getName(), "", line));
          console.error(line);
        }
      }
    }
  }

  private static String[] follow(Class<?> copy, Map<String, Object> door) {
    @Nullable Throwable fault;
    try {
      return (String[]) copy.getMethod("follow", Map.class).invoke(null, door);
    } catch (NoSuchMethodException e) {
      fault = new IllegalStateException("use tollgate-runtime in the agent's version");
    } catch (InvocationTargetException e) {
      fault = e.getCause();
    } catch (IllegalAccessException | RuntimeException | LinkageError e) {
      fault = e;
    }
    return new String[] {
      "limiters that the program has made in "
          + LoaderNames.of(copy.getClassLoader())
          + " stay its own: "
          + message(fault)
    };
  }

  private static String message(@Nullable Throwable fault) {
    String message = fault == null ? null : fault.getMessage();
    return message == null ? String.valueOf(fault) : message;
  }
}
