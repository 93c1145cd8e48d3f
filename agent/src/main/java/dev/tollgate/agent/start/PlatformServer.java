package dev.tollgate.agent.start;

import dev.tollgate.jmx.PlatformBeanServer;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until somebody has made the platform's MBean server, and never makes it: the first to ask
 * for that server decides for the whole JVM which builder makes it and which log manager there is.
 * Nobody can miss a bean before that: a console or {@code status} has the JVM make the server.
 *
 * <p>The server is made by {@code MBeanServerFactory}, so nothing is looked at before that class is
 * loaded.
 */
final class PlatformServer implements ClassFileTransformer, BooleanSupplier {
  private static final String FACTORY = "javax/management/MBeanServerFactory";

  private final Instrumentation instrumentation;

  /** Guarded by this. */
  private boolean hasFactory;

  private PlatformServer(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /** Begins to watch the classes that are loaded. */
  static PlatformServer watch(Instrumentation instrumentation) {
    PlatformServer watch = new PlatformServer(instrumentation);
    // Of the kind that the weaver is: the first of the other kind costs each class a copy.
    instrumentation.addTransformer(watch, true);
    return watch;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String internalName,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] file) {
    if (loader == null && FACTORY.equals(internalName)) {
      found();
    }
    return null;
  }

  private synchronized void found() {
    hasFactory = true;
    notifyAll();
  }

  /** Waits until there may be a server. */
  void awaitFactory() throws InterruptedException {
    try {
      lookAtLoaded();
      synchronized (this) {
        while (!hasFactory) {
          wait();
        }
      }
    } finally {
      instrumentation.removeTransformer(this);
    }
  }

  /** It may have been loaded before. */
  private void lookAtLoaded() {
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (type.getClassLoader() == null && type.getName().equals(FACTORY.replace('/', '.'))) {
        found();
        return;
      }
    }
  }

  /** Whether it is there; to be asked once the factory is. */
  @Override
  public boolean getAsBoolean() {
    return PlatformBeanServer.isThere();
  }
}
