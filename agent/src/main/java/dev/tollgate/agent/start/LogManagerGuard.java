package dev.tollgate.agent.start;

import java.lang.instrument.Instrumentation;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the platform's MBean server, and {@code java.util.logging} with it, may be initialised
 * now. Where the program has named a class of its own for one of them, not before that class is
 * loaded: whoever comes first decides which one the JVM has (WildFly and Tomcat do so).
 */
final class LogManagerGuard implements BooleanSupplier {
  private static final String[] PROPERTIES = {
    "java.util.logging.manager", "javax.management.builder.initial"
  };

  private final Instrumentation instrumentation;

  LogManagerGuard(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  @Override
  public boolean getAsBoolean() {
    for (String property : PROPERTIES) {
      String name = System.getProperty(property);
      if (!isLoaded(name)) {
        return false;
      }
    }
    return true;
  }

  private boolean isLoaded(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return true;
    }
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (type.getName().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
