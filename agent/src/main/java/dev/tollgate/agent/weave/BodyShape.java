package dev.tollgate.agent.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Notes whether a body goes straight from its arguments to its result, and what it calls. */
final class BodyShape extends MethodVisitor {
  private final List<Call> calls = new ArrayList<>();
  private boolean isStraight = true;

  /**
   * @param next sees the instructions as well
   */
  BodyShape(@Nullable MethodVisitor next) {
    super(Opcodes.ASM9, next);
  }

  /**
   * A call in the body.
   *
   * @param owner with slashes; empty if only the language's run time finds the method
   */
  record Call(String owner, String name) {}

  /** No branch, no handler, nothing thrown, no field changed. */
  boolean isStraight() {
    return isStraight;
  }

  List<Call> calls() {
    return calls;
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String called, String descriptor, boolean isInterface) {
    calls.add(new Call(owner, called));
    super.visitMethodInsn(opcode, owner, called, descriptor, isInterface);
  }

  @Override
  public void visitInvokeDynamicInsn(
      String called, String descriptor, Handle bootstrap, Object... arguments) {
    // A dynamic language has the method's name as a constant; the JDK's own ones, and ours, have
    // other texts.
    if (!bootstrap.getOwner().startsWith("java/lang/")) {
      for (Object argument : arguments) {
        if (argument instanceof String text) {
          calls.add(new Call("", text));
        }
      }
    }
    super.visitInvokeDynamicInsn(called, descriptor, bootstrap, arguments);
  }

  @Override
  public void visitInsn(int opcode) {
    isStraight &= opcode != Opcodes.ATHROW;
    super.visitInsn(opcode);
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
    isStraight &= opcode != Opcodes.PUTFIELD && opcode != Opcodes.PUTSTATIC;
    super.visitFieldInsn(opcode, owner, field, descriptor);
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    isStraight = false;
    super.visitJumpInsn(opcode, label);
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
    isStraight = false;
    super.visitTableSwitchInsn(min, max, other, labels);
  }

  @Override
  public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
    isStraight = false;
    super.visitLookupSwitchInsn(other, keys, labels);
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
    isStraight = false;
    super.visitTryCatchBlock(start, end, handler, type);
  }
}
