package dev.tollgate.agent.hierarchy;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Asks a loader for the bytes of a class, which it need not have loaded. */
final class ClassBytes {
  private ClassBytes() {}

  /** Null where the loader doesn't give them, for whatever reason. */
  static byte @Nullable [] of(@Nullable ClassLoader loader, String internalName) {
    ClassLoader asked = loader == null ? ClassLoader.getPlatformClassLoader() : loader;
    try (InputStream stream = asked.getResourceAsStream(internalName.concat(".class"))) {
      return stream == null ? null : stream.readAllBytes();
    } catch (Throwable fault) {
      // A loader's own, whatever it is: the class that asks must be loaded all the same.
      return null;
    }
  }
}
