package dev.tollgate.agent.start;

import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.agent.weave.LateTypes;
import dev.tollgate.jmx.MissedMethod;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Weaves classes again that came by before it was known what stands above them: their loader gave
 * no bytes of a type that limits them, or other ones. The JVM is in the middle of loading both, so
 * this happens a moment later, on a thread of its own.
 */
final class LateClasses implements LateTypes {
  private static final long[] WAITS_MILLIS = {10, 100, 1000};

  private final Instrumentation instrumentation;
  private final AgentReport report;
  private final Console console;

  LateClasses(Instrumentation instrumentation, AgentReport report, Console console) {
    this.instrumentation = instrumentation;
    this.report = report;
    this.console = console;
  }

  @Override
  public void found(@Nullable ClassLoader loader, String className) {
    String why =
        "its class loader didn't give its bytes when classes below it were loaded; those are woven"
            + " a moment later, and calls until then pass unlimited; none would if that loader's"
            + " getResource found the class file, or if the methods below were annotated";
    report.add(new MissedMethod(className, "", why));
    console.error("missed ".concat(className).concat(": ").concat(why));
    Thread thread =
        new Thread(null, new Search(loader, className), "tollgate-late-classes", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(LateClasses.class.getClassLoader());
    thread.start();
  }

  private final class Search implements Runnable {
    private final @Nullable ClassLoader loader;
    private final String className;
    private final List<Class<?>> done = new ArrayList<>();

    Search(@Nullable ClassLoader loader, String className) {
      this.loader = loader;
      this.className = className;
    }

    @Override
    public void run() {
      try {
        for (long wait : WAITS_MILLIS) {
          Thread.sleep(wait);
          weaveThoseBelow();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Throwable fault) {
        console.error("classes below " + className + " may be unlimited: " + fault);
      }
    }

    private void weaveThoseBelow() {
      Class<?>[] loaded = instrumentation.getAllLoadedClasses();
      for (Class<?> type : loaded) {
        if (type.getName().equals(className) && Objects.equals(type.getClassLoader(), loader)) {
          List<Class<?>> below = new ArrayList<>();
          for (Class<?> each : loaded) {
            if (each != type && type.isAssignableFrom(each) && !done.contains(each)) {
              below.add(each);
            }
          }
          done.addAll(below);
          LoadedClasses.retransform(below, instrumentation, report, console);
        }
      }
    }
  }
}
