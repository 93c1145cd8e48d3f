package dev.tollgate.agent.weave;

import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * A class as its file declares it.
 *
 * @param name as in {@link Class#getName()}
 * @param version of the class file, the major number
 * @param access its flags
 * @param superName with slashes; null of {@code Object} alone
 * @param isGenerated whether it has no trace of a source: no file's name, and no line
 * @param fields their names
 * @param onType the limits that the type carries itself
 */
record ClassDeclarations(
    String name,
    int version,
    int access,
    @Nullable String superName,
    boolean isGenerated,
    Set<String> fields,
    List<Declaration> onType,
    List<MethodDeclarations> methods) {

  boolean isEnum() {
    return (access & Opcodes.ACC_ENUM) != 0;
  }

  boolean isRecord() {
    return "java/lang/Record".equals(superName);
  }

  boolean isInterface() {
    return (access & Opcodes.ACC_INTERFACE) != 0;
  }

  /** With slashes. */
  String internalName() {
    return name.replace('.', '/');
  }

  String packageName() {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }

  @Nullable MethodDeclarations method(String methodName, String descriptor) {
    for (MethodDeclarations method : methods) {
      if (method.name().equals(methodName) && method.descriptor().equals(descriptor)) {
        return method;
      }
    }
    return null;
  }
}
