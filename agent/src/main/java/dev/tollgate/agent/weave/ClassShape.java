package dev.tollgate.agent.weave;

import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * A class and its methods, as far as overriding goes.
 *
 * @param name with slashes
 * @param superName with slashes; null of {@code Object} alone
 */
record ClassShape(String name, int access, @Nullable String superName, List<MethodShape> methods) {

  boolean isInterface() {
    return (access & Opcodes.ACC_INTERFACE) != 0;
  }

  String packageName() {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  @Nullable MethodShape method(String methodName, String descriptor) {
    for (MethodShape method : methods) {
      if (method.name().equals(methodName) && method.descriptor().equals(descriptor)) {
        return method;
      }
    }
    return null;
  }
}
