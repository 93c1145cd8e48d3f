package dev.tollgate.agent.weave;

import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Finds the methods that a compiler or a generator made from an annotated one, with a copy of its
 * annotations. The method that they were made from takes; if they took as well, a call would be
 * charged twice.
 *
 * <p>Such a method does nothing but hand its arguments over, and it shows that nobody wrote it: it
 * has no line though the class has lines, a mark of its compiler's, or one of both methods has a
 * name that is made from the other's, as {@code send$default} or {@code send-impl}. Without a sign
 * of that kind two methods with the same annotation are two methods that somebody wrote, and each
 * takes.
 */
final class CompilerCopies {
  /** Of what Groovy's compiler adds to a class. */
  private static final String GENERATED = "Lgroovy/transform/Generated;";

  /** Of a function of a companion object, and of the static method that calls it. */
  private static final String JVM_STATIC = "Lkotlin/jvm/JvmStatic;";

  /** What fills in the arguments that a call left out; a call that somebody wrote has it too. */
  private static final String FILLS_IN = "$default";

  private final String type;
  private final boolean isMadeType;
  private final List<MethodDeclarations> all;
  private final boolean hasLines;

  /**
   * @param type the class, with slashes
   * @param isMadeType whether the compiler made the class itself
   * @param all its methods
   */
  CompilerCopies(String type, boolean isMadeType, List<MethodDeclarations> all) {
    this.type = type;
    this.isMadeType = isMadeType;
    this.all = all;
    this.hasLines = hasLines(all);
  }

  /** Whether an annotation asks for a static method beside the one that carries it. */
  static boolean asksForStatic(String annotation) {
    return annotation.equals(JVM_STATIC);
  }

  /** Whether an annotation says of the method that carries it that nobody wrote it. */
  static boolean isMark(String annotation) {
    return annotation.equals(GENERATED);
  }

  /**
   * The method as it counts: a copy has no annotations, and if what it calls stands in the same
   * class, nothing from elsewhere limits it either.
   *
   * @param body null if it has no annotation or no body
   * @param isMarked whether it carries a {@linkplain #isMark mark}
   * @param hasStatic whether its annotation {@linkplain #asksForStatic asks for a static method}
   */
  MethodDeclarations asCounted(
      MethodDeclarations method, @Nullable BodyShape body, boolean isMarked, boolean hasStatic) {
    if (method.own().isEmpty() || body == null) {
      return method;
    }
    if (isBodyOfInterfaceMethod(method)) {
      return method.withoutAnnotations();
    }
    if (!body.isStraight()) {
      return method;
    }
    boolean isMade = isMarked || (hasLines && method.firstLine() == 0);
    for (BodyShape.Call call : body.calls()) {
      String called = withoutSuffix(call.name());
      boolean isSame = called.equals(method.name());
      if (call.owner().equals(type)) {
        boolean isDerived = isMadeFrom(called, method.name()) || isMadeFrom(method.name(), called);
        if (isDerived || isSame) {
          return (isMade || isDerived) && hasOriginal(method) ? method.asForwarder() : method;
        }
      } else if (isMixedIn(call, method) || isOfCompanion(call, method, hasStatic)) {
        return method.withoutAnnotations();
      } else if (isSame) {
        return isMade && !method.isInitializer() ? method.withoutAnnotations() : method;
      }
    }
    // What somebody wrote there was moved to another method, which is called in some other way.
    return isMade && isMoved(method) ? method.asForwarder() : method;
  }

  /** Whether the call is of the static method by which Scala calls the body in a trait. */
  private static boolean isMixedIn(BodyShape.Call call, MethodDeclarations method) {
    return call.name().equals(method.name().concat("$"));
  }

  /** Whether it is one of the object that the language has in place of static methods. */
  private boolean isOfCompanion(BodyShape.Call call, MethodDeclarations method, boolean hasStatic) {
    boolean isSame = call.name().equals(method.name());
    if (call.owner().equals(type.concat("$"))) {
      return isMadeFrom(call.name(), method.name()) || (isSame && method.has(Opcodes.ACC_STATIC));
    }
    return isSame
        && hasStatic
        && method.has(Opcodes.ACC_STATIC)
        && call.owner().startsWith(type.concat("$"));
  }

  /** Whether another method of the class has the same annotations, and a name of that kind. */
  private boolean hasOriginal(MethodDeclarations copy) {
    for (MethodDeclarations other : all) {
      boolean isAlike =
          other.name().equals(copy.name())
              || isMadeFrom(other.name(), copy.name())
              || isMadeFrom(copy.name(), other.name());
      if (isAlike && isOther(copy, other)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMoved(MethodDeclarations copy) {
    for (MethodDeclarations other : all) {
      boolean isNamedAfter =
          other.name().contains("$".concat(copy.name())) && other.firstLine() > 0;
      if (isNamedAfter && isOther(copy, other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOther(MethodDeclarations copy, MethodDeclarations other) {
    return !other.key().equals(copy.key()) && other.own().equals(copy.own());
  }

  /**
   * Where a class file's version has no bodies in interfaces, or the compiler writes none, a class
   * beside the interface has them as static methods. Who calls one is an implementation, which
   * takes.
   */
  private boolean isBodyOfInterfaceMethod(MethodDeclarations method) {
    if (!isMadeType || !method.has(Opcodes.ACC_STATIC) || !method.has(Opcodes.ACC_PUBLIC)) {
      return false;
    }
    Type[] parameters = Type.getArgumentTypes(method.descriptor());
    return parameters.length > 0
        && parameters[0].getSort() == Type.OBJECT
        && type.startsWith(parameters[0].getInternalName().concat("$"));
  }

  private static String withoutSuffix(String called) {
    return called.endsWith(FILLS_IN)
        ? called.substring(0, called.length() - FILLS_IN.length())
        : called;
  }

  /** Whether a name is another one with something added that no source has in a name. */
  private static boolean isMadeFrom(String name, String from) {
    return name.startsWith(from.concat("$")) || name.equals(from.concat("-impl"));
  }

  private static boolean hasLines(List<MethodDeclarations> all) {
    for (MethodDeclarations method : all) {
      if (method.firstLine() > 0) {
        return true;
      }
    }
    return false;
  }
}
