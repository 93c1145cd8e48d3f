package dev.tollgate.agent.weave;

import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Takes our call sites out of a method that has some already. In place of each goes the answer "go
 * on", as a call site gives it that is linked after the agent has left. The code around it stays:
 * another agent may have moved it, and it does nothing then.
 */
final class SiteRemover extends MethodVisitor {
  SiteRemover(MethodVisitor method) {
    super(Opcodes.ASM9, method);
  }

  @Override
  public void visitInvokeDynamicInsn(
      String form, String type, Handle bootstrap, Object... arguments) {
    if (!CallSites.areLinkedBy(bootstrap)) {
      super.visitInvokeDynamicInsn(form, type, bootstrap, arguments);
      return;
    }
    Type[] parameters = Type.getArgumentTypes(type);
    for (int i = parameters.length - 1; i >= 0; i--) {
      visitInsn(parameters[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
    }
    switch (Type.getReturnType(type).getSort()) {
      case Type.VOID -> {
        // Nothing is wanted.
      }
      case Type.ARRAY -> { // A cell to count in, which nobody else sees.
        visitInsn(Opcodes.ICONST_1);
        visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_INT);
      }
      default -> visitInsn(Opcodes.ACONST_NULL); // No refusal, and no future.
    }
  }
}
