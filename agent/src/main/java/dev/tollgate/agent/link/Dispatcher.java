package dev.tollgate.agent.link;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@code java.lang.TollgateDispatcher} into the JVM. {@code java.lang} is opened to the
 * agent's own loader and to nobody else. (The other way, appending to the bootstrap class path,
 * makes the JVM print a warning and turn class data sharing off for the program's classes.)
 *
 * <p>Opening a package is the JDK's first use of a lambda in a JVM, which costs milliseconds: so at
 * a launch it waits for whatever needs the dispatcher, which in many a program nothing does.
 */
public final class Dispatcher {
  private static final String NAME = "java.lang.TollgateDispatcher";
  private static final String FILE = "java/lang/TollgateDispatcher.class";

  /** Null where nothing waits. Written under the lock of the class. */
  private static volatile @Nullable Ends waiting;

  private Dispatcher() {}

  /** Has {@link #need} install the dispatcher with these ends. */
  public static synchronized void installWhenNeeded(Ends ends) {
    waiting = ends;
  }

  /** Whether it is in this JVM, whoever has installed it. */
  public static boolean isThere() {
    try {
      Class.forName(NAME, false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Whether {@link #need} hasn't been called yet. */
  public static boolean isWaiting() {
    return waiting != null;
  }

  /**
   * To be called before anything looks for the dispatcher. If it fails it has done nothing, and the
   * next call tries again.
   */
  public static void need() throws IOException, ReflectiveOperationException {
    Ends ends = waiting;
    if (ends != null) {
      Method install = installer(ends.instrumentation());
      Function<Object[], CallSite> linker = ends.linker();
      Map<String, Object> door = ends.door();
      synchronized (Dispatcher.class) {
        if (ends.equals(waiting)) {
          install.invoke(null, linker, door);
          waiting = null;
        }
      }
    }
  }

  /** Replaces whatever is installed, or waits to be. */
  public static void install(
      Instrumentation instrumentation,
      Function<Object[], CallSite> linker,
      Map<String, Object> door)
      throws IOException, ReflectiveOperationException {
    Method install = installer(instrumentation);
    synchronized (Dispatcher.class) {
      install.invoke(null, linker, door);
      waiting = null;
    }
  }

  /** Without the lock: much of the JDK is initialised here. */
  private static Method installer(Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    Method install =
        define(instrumentation).getDeclaredMethod("install", Function.class, Map.class);
    install.setAccessible(true);
    return install;
  }

  private static Class<?> define(Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    try {
      return Class.forName(NAME, true, null);
    } catch (ClassNotFoundException e) {
      Module own = Dispatcher.class.getModule();
      instrumentation.redefineModule(
          Object.class.getModule(),
          Set.of(),
          Map.of(),
          Map.of("java.lang", Set.of(own)),
          Set.of(),
          Map.of());
      byte[] file = classFile();
      try {
        return MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
            .defineClass(file);
      } catch (LinkageError another) {
        // Another thread was first.
        return Class.forName(NAME, true, null);
      }
    }
  }

  private static byte[] classFile() throws IOException {
    try (InputStream stream = Dispatcher.class.getClassLoader().getResourceAsStream(FILE)) {
      if (stream == null) {
        throw new IOException(FILE + " is not in the agent's jar");
      }
      return stream.readAllBytes();
    }
  }

  /** What stands behind the dispatcher; asked once it is needed. */
  public interface Ends {
    Instrumentation instrumentation();

    Function<Object[], CallSite> linker();

    /** The same each time. */
    Map<String, Object> door();
  }
}
