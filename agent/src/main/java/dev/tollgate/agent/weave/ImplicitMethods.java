package dev.tollgate.agent.weave;

import net.bytebuddy.jar.asm.Opcodes;

/**
 * Tells the public methods that a compiler writes into a class from those of its source. A map
 * calls them, and a log, so the annotation of the type doesn't cover them.
 */
final class ImplicitMethods {
  private ImplicitMethods() {}

  static boolean contain(ClassDeclarations type, MethodDeclarations method) {
    if (type.isEnum() && isOfEnum(type, method)) {
      return true;
    }
    if (isOfObject(method)) {
      return type.isRecord()
          // The compiler makes them final, which hardly anybody writes there.
          ? method.has(Opcodes.ACC_FINAL)
          : hasNoLine(type, method) || isOfCaseClass(type, method);
    }
    return isOfProduct(type, method) && isOfCaseClass(type, method);
  }

  /** Kotlin's and Groovy's compilers give lines only to what stands in the source. */
  private static boolean hasNoLine(ClassDeclarations type, MethodDeclarations method) {
    if (method.firstLine() > 0 || method.isAbstract()) {
      return false;
    }
    for (MethodDeclarations other : type.methods()) {
      if (other.firstLine() > 0) {
        return true;
      }
    }
    return false;
  }

  /** Scala's compiler gives them the line of the class, which its constructor has too. */
  private static boolean isOfCaseClass(ClassDeclarations type, MethodDeclarations method) {
    if (type.method("productArity", "()I") == null
        || type.method("canEqual", "(Ljava/lang/Object;)Z") == null) {
      return false;
    }
    for (MethodDeclarations other : type.methods()) {
      if (other.name().equals("<init>") && other.firstLine() == method.firstLine()) {
        return true;
      }
    }
    return false;
  }

  /** Of a Kotlin value class, there are also static ones that these call. */
  private static boolean isOfObject(MethodDeclarations method) {
    return switch (method.name()) {
      case "equals" -> method.descriptor().equals("(Ljava/lang/Object;)Z");
      case "hashCode" -> method.descriptor().equals("()I");
      case "toString" -> method.descriptor().equals("()Ljava/lang/String;");
      case "equals-impl", "equals-impl0", "hashCode-impl", "toString-impl" ->
          method.has(Opcodes.ACC_STATIC);
      default -> false;
    };
  }

  /** What those of a Scala case class call. */
  private static boolean isOfProduct(ClassDeclarations type, MethodDeclarations method) {
    return method.name().startsWith("product")
        || method.name().equals("canEqual")
        || (type.fields().contains(method.name()) && method.descriptor().startsWith("()"));
  }

  private static boolean isOfEnum(ClassDeclarations type, MethodDeclarations method) {
    String self = "L" + type.internalName() + ";";
    String declaration = method.key();
    return declaration.equals("values()[".concat(self))
        || declaration.equals("valueOf(Ljava/lang/String;)".concat(self));
  }
}
