package dev.tollgate.agent.start;

import dev.tollgate.agent.link.Dispatcher;
import dev.tollgate.agent.link.PassingLinker;
import dev.tollgate.agent.report.AgentReport;
import dev.tollgate.agent.report.Console;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The agent's way out of a JVM that runs on. Classes become what they were, threads end, beans go;
 * the limiters stay, for calls that wait and for the program's own use of them.
 *
 * <p>The order matters. First whatever links passes, then nothing is woven any more, then what is
 * woven is restored: a class that is being loaded meanwhile may still come out woven, but its calls
 * will pass. The door says last that the agent is gone, so that the next one finds nothing of this.
 */
final class Departure implements Supplier<@Nullable Consumer<String>> {
  /** Longer than a bean takes to be registered. */
  private static final long THREADS_END_WITHIN_MILLIS = 5_000;

  private final Instrumentation instrumentation;
  private final ClassFileTransformer transformer;
  private final AgentReport report;
  private final Console console;
  private final AgentEnds ends;
  private final Remains remains;

  /** Made beforehand by {@link #prepare}, for when there is no memory to load a class. */
  private @Nullable PassingLinker prepared;

  // Both: guarded by threads.
  private final List<Thread> threads = new ArrayList<>();
  private boolean begun;

  Departure(
      Instrumentation instrumentation,
      ClassFileTransformer transformer,
      AgentReport report,
      Console console,
      AgentEnds ends,
      Remains remains) {
    this.instrumentation = instrumentation;
    this.transformer = transformer;
    this.report = report;
    this.console = console;
    this.ends = ends;
    this.remains = remains;
  }

  /** To be called if there may be something to {@linkplain #undo undo}. */
  void prepare() {
    prepared = new PassingLinker();
  }

  /**
   * Takes back what was done until the agent failed to come up, as far as that is possible.
   *
   * @param fault told of what isn't
   */
  void undo(Throwable fault) {
    List<String> left = new ArrayList<>();
    try {
      leave(left);
    } catch (Throwable more) {
      left.add(more.toString());
    } finally {
      instrumentation.removeTransformer(transformer);
    }
    for (String line : left) {
      console.error("not everything could be undone after ".concat(fault + ": " + line));
    }
  }

  /** A thread that ends when it is interrupted, and has to. */
  void ends(Thread thread) {
    synchronized (threads) {
      threads.add(thread);
    }
  }

  /** Ends the agent for whoever has the key, which is left to be found now. */
  @Override
  public @Nullable Consumer<String> get() {
    DetachKey key;
    try {
      key = DetachKey.leave(instrumentation);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      console.error("no operation detach: ".concat(e.toString()));
      return null;
    }
    return given -> {
      if (!key.fits(given)) {
        throw new IllegalArgumentException(
            "this isn't the key: java -jar tollgate-agent.jar detach PID finds it");
      }
      begin();
      List<String> left = new ArrayList<>();
      try {
        leave(left);
      } finally {
        key.remove();
      }
      console.info("detached: no call is limited any more");
      if (!left.isEmpty()) {
        throw new IllegalStateException("the agent has left, but " + String.join("; ", left));
      }
    };
  }

  private void leave(List<String> left) {
    PassingLinker passing = prepared == null ? new PassingLinker() : prepared;
    install(passing, ends.door());
    instrumentation.removeTransformer(transformer);
    List<String> woven = LoadedClasses.restore(instrumentation, report);
    if (!woven.isEmpty()) {
      left.add("these classes can't be changed back and are limited: " + String.join(", ", woven));
    }
    for (Thread thread : threads()) {
      if (!hasEnded(thread)) {
        left.add("its thread " + thread.getName() + " goes on");
      }
    }
    remains.health().leave();
    Map<String, Object> lastDoor = new HashMap<>(ends.door());
    lastDoor.put(Remains.NAME, remains);
    install(passing, Collections.unmodifiableMap(lastDoor));
  }

  private void begin() {
    synchronized (threads) {
      if (begun) {
        throw new IllegalStateException("the agent is leaving already");
      }
      begun = true;
    }
  }

  private List<Thread> threads() {
    synchronized (threads) {
      return new ArrayList<>(threads);
    }
  }

  private static boolean hasEnded(Thread thread) {
    thread.interrupt();
    try {
      thread.join(THREADS_END_WITHIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  private void install(PassingLinker passing, Map<String, Object> newDoor) {
    try {
      Dispatcher.install(instrumentation, passing, newDoor);
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("the agent can't leave: " + e, e);
    }
  }
}
