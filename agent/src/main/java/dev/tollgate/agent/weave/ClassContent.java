package dev.tollgate.agent.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;

/** All that is read of a class that others may inherit from. */
record ClassContent(ClassDeclarations declarations, ClassShape shape) {

  /** What it asks of the methods below it. */
  List<Obligation> obligations(Rules rules) {
    List<Obligation> obligations = new ArrayList<>();
    for (MethodDeclarations method : declarations.methods()) {
      MethodShape declared = shape.method(method.name(), method.descriptor());
      if (declared != null && mayBeOverridden(declared)) {
        if (!method.own().isEmpty()) {
          obligations.add(
              new Obligation(shape, declared, new Cause.Annotation(declarations, method, false)));
        } else if (!declarations.onType().isEmpty() && declared.has(Opcodes.ACC_PUBLIC)) {
          obligations.add(
              new Obligation(shape, declared, new Cause.Annotation(declarations, method, true)));
        }
      }
    }
    for (RuledMethods rule : rules.naming(shape.name())) {
      for (MethodShape method : shape.methods()) {
        if (method.isAbstract()
            && rule.pattern().matchesMethod(method.name(), method.descriptor())) {
          obligations.add(new Obligation(shape, method, new Cause.OfRule(rule)));
        }
      }
    }
    return obligations;
  }

  private static boolean mayBeOverridden(MethodShape method) {
    return method.isVirtual()
        && !method.has(Opcodes.ACC_FINAL)
        && !method.has(Opcodes.ACC_SYNTHETIC);
  }
}
