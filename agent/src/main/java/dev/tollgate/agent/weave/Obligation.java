package dev.tollgate.agent.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;

/** What overrides {@code method} is limited, for this cause. */
record Obligation(ClassDeclarations type, MethodDeclarations method, Cause cause) {

  /** What {@code type} asks of the methods below it. */
  static List<Obligation> of(ClassDeclarations type, Rules rules) {
    List<Obligation> obligations = new ArrayList<>();
    for (MethodDeclarations method : type.methods()) {
      if (mayBeOverridden(method)) {
        if (!method.own().isEmpty()) {
          obligations.add(new Obligation(type, method, new Cause.Annotation(type, method, false)));
        } else if (!type.onType().isEmpty() && method.has(Opcodes.ACC_PUBLIC)) {
          obligations.add(new Obligation(type, method, new Cause.Annotation(type, method, true)));
        }
      }
    }
    for (RuledMethods rule : rules.naming(type.internalName())) {
      for (MethodDeclarations method : type.methods()) {
        if (method.isAbstract()
            && rule.pattern().matchesMethod(method.name(), method.descriptor())) {
          obligations.add(new Obligation(type, method, new Cause.OfRule(rule)));
        }
      }
    }
    return obligations;
  }

  /** Whether a method of a class in this package may override it at all. */
  boolean isSeenIn(String packageName) {
    return method.isSeenOutsideItsPackage() || type.packageName().equals(packageName);
  }

  private static boolean mayBeOverridden(MethodDeclarations method) {
    return method.isVirtual()
        && !method.has(Opcodes.ACC_FINAL)
        && !method.has(Opcodes.ACC_SYNTHETIC);
  }
}
