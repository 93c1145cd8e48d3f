package dev.tollgate.agent.weave;

import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of a method to see which others it overrides.
 *
 * @param bridgeTo of a bridge: the descriptor of the method of the same name that it calls
 * @param callsThis of a constructor: whether it begins with {@code this(…)}
 */
record MethodShape(
    int access, String name, String descriptor, @Nullable String bridgeTo, boolean callsThis) {

  boolean has(int flag) {
    return (access & flag) != 0;
  }

  String key() {
    return name.concat(descriptor);
  }

  boolean isBridge() {
    return has(Opcodes.ACC_BRIDGE);
  }

  boolean isAbstract() {
    return has(Opcodes.ACC_ABSTRACT);
  }

  /** Whether it is called by way of the object's class, hence may override or be overridden. */
  boolean isVirtual() {
    return !has(Opcodes.ACC_STATIC) && !has(Opcodes.ACC_PRIVATE) && !name.startsWith("<");
  }

  /** Visible to all, or to subclasses wherever they stand. */
  boolean isSeenOutsideItsPackage() {
    return has(Opcodes.ACC_PUBLIC) || has(Opcodes.ACC_PROTECTED);
  }
}
