package dev.tollgate.agent.hierarchy;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Asks a loader for the bytes of a class, which it need not have loaded. */
final class ClassBytes {
  private final ClassLoader system = ClassLoader.getSystemClassLoader();
  private volatile @Nullable SystemClassPath classPath;

  /** Null where the loader doesn't give them, for whatever reason. */
  byte @Nullable [] of(@Nullable ClassLoader loader, String internalName) {
    String name = internalName.concat(".class");
    byte[] file = system.equals(loader) ? onClassPath(name) : null;
    if (file != null) {
      return file;
    }
    ClassLoader asked = loader == null ? ClassLoader.getPlatformClassLoader() : loader;
    try (InputStream stream = asked.getResourceAsStream(name)) {
      return stream == null ? null : stream.readAllBytes();
    } catch (Throwable fault) {
      // The loader's own, whatever it is: the class that asks must be loaded all the same.
      return null;
    }
  }

  private byte @Nullable [] onClassPath(String name) {
    try {
      SystemClassPath path = classPath;
      if (path == null) {
        path = new SystemClassPath();
        classPath = path;
      }
      return path.read(name);
    } catch (Exception e) {
      // Something is odd with it; the loader knows better.
      return null;
    }
  }
}
