package dev.tollgate.agent.weave;

import java.util.List;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Finds the method that answers refusals, and says what would fit where there is none. */
final class Fallbacks {
  /** What a refusal is, and its supertypes. */
  private static final List<String> REFUSALS =
      List.of(
          "java/lang/Throwable",
          "java/lang/Exception",
          "java/lang/RuntimeException",
          "java/util/concurrent/RejectedExecutionException",
          Declaration.EXCEPTION);

  private Fallbacks() {}

  /**
   * @param methods of the class that is woven, and those that it inherits from the annotation's
   * @param missed told what is wrong and what would be right
   */
  static @Nullable Fallback find(
      String name,
      MethodDeclarations limited,
      List<MethodDeclarations> methods,
      Consumer<String> missed) {
    if (limited.isInitializer()) {
      missed.accept(
          "fallback '"
              + name
              + "': a constructor has none, since it can't make another object;"
              + " a refused call throws");
      return null;
    }
    Fallback found = null;
    for (MethodDeclarations method : methods) {
      if (!method.name().equals(name) || method.key().equals(limited.key())) {
        continue;
      }
      Fallback fallback = fitting(method, limited);
      if (fallback != null && (found == null || closeness(fallback) > closeness(found))) {
        found = fallback;
      }
    }
    if (found == null) {
      missed.accept(
          "fallback '"
              + name
              + "': the class declares no such method that fits; "
              + wanted(name, limited)
              + " would, or the same with a last Throwable. A refused call throws");
    }
    return found;
  }

  /** Of several the one that wants to know most exactly why, whatever their order. */
  private static int closeness(Fallback fallback) {
    return fallback.refusalType() == null ? -1 : REFUSALS.indexOf(fallback.refusalType());
  }

  private static @Nullable Fallback fitting(MethodDeclarations method, MethodDeclarations limited) {
    boolean fits = method.has(Opcodes.ACC_STATIC) || !limited.has(Opcodes.ACC_STATIC);
    if (!fits
        || method.has(Opcodes.ACC_SYNTHETIC)
        || !Type.getReturnType(method.descriptor())
            .equals(Type.getReturnType(limited.descriptor()))) {
      return null;
    }
    Type[] wanted = Type.getArgumentTypes(limited.descriptor());
    Type[] has = Type.getArgumentTypes(method.descriptor());
    if (has.length < wanted.length || has.length > wanted.length + 1) {
      return null;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].equals(has[i])) {
        return null;
      }
    }
    String refusal = null;
    if (has.length > wanted.length) {
      Type last = has[wanted.length];
      if (last.getSort() != Type.OBJECT || !REFUSALS.contains(last.getInternalName())) {
        return null;
      }
      refusal = last.getInternalName();
    }
    return new Fallback(method.access(), method.name(), method.descriptor(), refusal);
  }

  private static String wanted(String name, MethodDeclarations limited) {
    String returned = limited.returnType();
    return (limited.has(Opcodes.ACC_STATIC) ? "static " : "")
        + returned.substring(returned.lastIndexOf('.') + 1)
        + " "
        + Signatures.of(name, limited.descriptor());
  }
}
