package dev.tollgate.agent.start;

import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import dev.tollgate.agent.weave.LateTypes;
import dev.tollgate.jmx.MissedMethod;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weaves classes again that came by before it was known what stands above them: their loader gave
 * no bytes of a type that limits them, or other ones. The JVM is in the middle of loading both, so
 * this happens a moment later, on a thread of its own; one for all of them, since a loader that
 * does so to one type may do so to hundreds, and each look at the loaded classes stops the program.
 */
final class LateClasses implements LateTypes, Runnable {
  private static final long[] WAITS_MILLIS = {10, 100, 1000};
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Instrumentation instrumentation;
  private final AgentReport report;
  private final Console console;

  // Both: guarded by this.
  private final List<Late> waiting = new ArrayList<>();
  private boolean hasThread;

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
    Thread thread = new Thread(null, this, "tollgate-late-classes", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(LateClasses.class.getClassLoader());
    if (add(new Late(loader, className))) {
      try {
        thread.start();
      } catch (Throwable fault) {
        end();
        throw fault;
      }
    }
  }

  @Override
  public void run() {
    try {
      for (List<Late> due = due(); due != null; due = due()) {
        if (!due.isEmpty()) {
          weaveThoseBelow(due);
        }
        Thread.sleep(WAITS_MILLIS[0]);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end();
    } catch (Throwable fault) {
      console.error("classes below those that came late may be unlimited: " + fault);
      end();
    }
  }

  /** Whether a thread has to be started for it. */
  private synchronized boolean add(Late late) {
    waiting.add(late);
    boolean isFirst = !hasThread;
    hasThread = true;
    return isFirst;
  }

  private synchronized void end() {
    waiting.clear();
    hasThread = false;
  }

  /** Those to be looked for now; null where none is left, and the thread is to end. */
  private synchronized @Nullable List<Late> due() {
    if (waiting.isEmpty()) {
      hasThread = false;
      return null;
    }
    long now = System.nanoTime();
    List<Late> due = new ArrayList<>();
    for (Iterator<Late> each = waiting.iterator(); each.hasNext(); ) {
      Late late = each.next();
      if (late.dueAt - now <= 0) {
        due.add(late);
        if (!late.waitAgain(now)) {
          each.remove();
        }
      }
    }
    return due;
  }

  private void weaveThoseBelow(List<Late> due) {
    Class<?>[] loaded = instrumentation.getAllLoadedClasses();
    Set<Class<?>> below = new HashSet<>();
    for (Late late : due) {
      for (Class<?> type : loaded) {
        if (late.is(type)) {
          for (Class<?> each : loaded) {
            if (each != type && type.isAssignableFrom(each) && late.done.add(each)) {
              below.add(each);
            }
          }
        }
      }
    }
    LoadedClasses.retransform(new ArrayList<>(below), instrumentation, report, console);
  }

  /** A type that limits classes which came by before it. */
  private static final class Late {
    final Set<Class<?>> done = new HashSet<>();
    private final @Nullable ClassLoader loader;
    private final String className;
    private int looks;
    long dueAt;

    Late(@Nullable ClassLoader loader, String className) {
      this.loader = loader;
      this.className = className;
      waitAgain(System.nanoTime());
    }

    /** Until its next look; false where it has had the last. */
    boolean waitAgain(long now) {
      if (looks == WAITS_MILLIS.length) {
        return false;
      }
      dueAt = now + WAITS_MILLIS[looks] * NANOS_PER_MILLI;
      looks++;
      return true;
    }

    @SuppressWarnings("ReferenceEquality") // What equals says of a loader is the program's.
    boolean is(Class<?> type) {
      return type.getClassLoader() == loader && type.getName().equals(className);
    }
  }
}
