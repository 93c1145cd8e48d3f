package dev.tollgate.agent.weave;

import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Tells a method of the source from one that the Kotlin compiler has made beside it, with a copy of
 * its annotations. The copy calls the other, which takes; if it took as well, a call would be
 * charged twice.
 */
final class KotlinMethod {
  static final String METADATA = "Lkotlin/Metadata;";

  private static final String OVERLOADS = "Lkotlin/jvm/JvmOverloads;";
  private static final String STATIC = "Lkotlin/jvm/JvmStatic;";
  private static final String MARKER = "Lkotlin/jvm/internal/DefaultConstructorMarker;";
  private static final String DEFAULT_IMPLS = "$DefaultImpls";

  /** The compiler tells which arguments were left out by the bits of as many ints as it takes. */
  private static final int BITS = 32;

  private final String type;
  private final String name;
  private final String descriptor;
  private final boolean isStatic;
  private boolean hasOverloads;
  private boolean isJvmStatic;
  private @Nullable String filledIn;
  private boolean callsNested;
  private boolean callsInterface;

  /**
   * @param type the class that has the method, with slashes
   */
  KotlinMethod(String type, int access, String name, String descriptor) {
    this.type = type;
    this.name = name;
    this.descriptor = descriptor;
    this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
  }

  void carries(String annotation) {
    hasOverloads |= annotation.equals(OVERLOADS);
    isJvmStatic |= annotation.equals(STATIC);
  }

  void calls(int opcode, String owner, String called, String calledDescriptor) {
    boolean alike = called.equals(name) && calledDescriptor.equals(descriptor);
    callsInterface |= alike && opcode == Opcodes.INVOKEINTERFACE;
    callsNested |= alike && opcode == Opcodes.INVOKEVIRTUAL && owner.startsWith(type.concat("$"));
    boolean fillsIn =
        name.equals("<init>")
            ? called.equals(name) && calledDescriptor.endsWith(MARKER.concat(")V"))
            : called.equals(name.concat("$default"));
    if (fillsIn && owner.equals(type) && filledIn == null) {
      filledIn = calledDescriptor;
    }
  }

  /**
   * @param self what the class file declares of it
   * @param all of the class
   */
  boolean isCopy(MethodDeclarations self, List<MethodDeclarations> all) {
    if (self.own().isEmpty()) {
      return false;
    }
    if (type.endsWith(DEFAULT_IMPLS)) {
      return isStatic && self.has(Opcodes.ACC_PUBLIC);
    }
    if (isStatic && isJvmStatic && callsNested) {
      return true;
    }
    // The source's own methods have lines.
    boolean isMade = self.firstLine() == 0;
    if (filledIn != null && (hasOverloads || isMade)) {
      return callsOneAlike(self, all, filledIn);
    }
    return isMade && !isStatic && callsInterface && hasLines(all);
  }

  /** Whether what gets the arguments that were left out is another method with its annotations. */
  private boolean callsOneAlike(
      MethodDeclarations self, List<MethodDeclarations> all, String synthetic) {
    for (MethodDeclarations other : all) {
      if (other.name().equals(name)
          && !other.descriptor().equals(descriptor)
          && other.own().equals(self.own())
          && synthetic.startsWith(beginning(other))) {
        return true;
      }
    }
    return false;
  }

  /** How the descriptor of the synthetic method begins that fills in what {@code other} takes. */
  private String beginning(MethodDeclarations other) {
    Type[] parameters = Type.getArgumentTypes(other.descriptor());
    StringBuilder start = new StringBuilder("(");
    if (!isStatic && !name.equals("<init>")) {
      start.append('L').append(type).append(';');
    }
    for (Type parameter : parameters) {
      start.append(parameter.getDescriptor());
    }
    for (int i = 0; i < (parameters.length + BITS - 1) / BITS; i++) {
      start.append('I');
    }
    return start
        .append(name.equals("<init>") ? MARKER : "Ljava/lang/Object;")
        .append(')')
        .toString();
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
