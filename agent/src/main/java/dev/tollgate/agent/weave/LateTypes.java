package dev.tollgate.agent.weave;

import org.jspecify.annotations.Nullable;

/** Is told of types that turn out to limit classes below them, after those have come by. */
public interface LateTypes {
  /**
   * Told while the type is being loaded.
   *
   * @param className as in {@link Class#getName()}
   */
  void found(@Nullable ClassLoader loader, String className);
}
