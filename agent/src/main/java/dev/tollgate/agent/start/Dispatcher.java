package dev.tollgate.agent.start;

import dev.tollgate.limiter.Door;
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
 */
final class Dispatcher {
  private static final String NAME = "java.lang.TollgateDispatcher";
  private static final String FILE = "java/lang/TollgateDispatcher.class";

  private Dispatcher() {}

  /** Whether an agent is active in this JVM. */
  static boolean isActive() {
    Map<String, Object> door = Door.find();
    return door != null && !door.containsKey(Remains.NAME);
  }

  /** What an agent that has left leaves for the next; null where there was none. */
  static @Nullable Remains remains() {
    Map<String, Object> door = Door.find();
    return door == null ? null : (Remains) door.get(Remains.NAME);
  }

  /** Replaces whatever is installed. */
  static void install(
      Instrumentation instrumentation,
      Function<Object[], CallSite> linker,
      Map<String, Object> door)
      throws IOException, ReflectiveOperationException {
    Method install =
        define(instrumentation).getDeclaredMethod("install", Function.class, Map.class);
    install.setAccessible(true);
    install.invoke(null, linker, door);
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
      return MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
          .defineClass(classFile());
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
}
