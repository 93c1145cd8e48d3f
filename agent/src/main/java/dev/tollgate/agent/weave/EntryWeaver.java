package dev.tollgate.agent.weave;

import java.util.Arrays;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * One entry takes once: the thread's depth inside the type goes up at the head and back at each end
 * of the method, and only at depth 0 are permits taken.
 *
 * <pre>
 * depth = enter()
 * try { takeIfOutermost(depth); body, with exit(depth) before each return }
 * catch (Throwable t) { exit(depth); throw t }
 * </pre>
 *
 * <p>The depth stands in a local variable behind those of the method, so that none of them moves;
 * each frame of the method gets it as well. The handler's own frame knows no variable but that one,
 * hence holds whatever the method did to its own. {@code exit} sets the depth instead of counting
 * down: it does no harm twice, and an outer method mends what an inner one could not do, at the end
 * of the stack for instance. For methods only: before a constructor called its super constructor
 * there could be no such handler.
 */
final class EntryWeaver extends MethodVisitor {
  private final MethodPlan plan;
  private final int depth;
  private final Label start = new Label();
  private final Label end = new Label();

  /** {@code method} must be given expanded frames. */
  EntryWeaver(MethodVisitor method, MethodPlan plan) {
    super(Opcodes.ASM9, method);
    this.plan = plan;
    this.depth = plan.maxLocals();
  }

  @Override
  public void visitCode() {
    super.visitCode();
    CallSites.at(mv, plan.firstLine());
    CallSites.enter(mv, plan.method());
    mv.visitVarInsn(Opcodes.ISTORE, depth);
    mv.visitLabel(start);
    for (Limit limit : plan.limits()) {
      mv.visitVarInsn(Opcodes.ILOAD, depth);
      CallSites.takeIfOutermost(mv, limit, plan.method());
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
      exit();
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitFrame(
      int type, int localCount, Object[] locals, int stackCount, Object[] stack) {
    Object[] withDepth = Arrays.copyOf(locals, localCount + depth + 1);
    int count = localCount;
    for (int slot = slots(locals, localCount); slot < depth; slot++) {
      withDepth[count++] = Opcodes.TOP;
    }
    withDepth[count++] = Opcodes.INTEGER;
    super.visitFrame(type, count, withDepth, stackCount, stack);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    mv.visitLabel(end);
    // Last in the table: the method's own handlers come before it.
    mv.visitTryCatchBlock(start, end, end, null);
    Object[] onlyDepth = new Object[depth + 1];
    Arrays.fill(onlyDepth, Opcodes.TOP);
    onlyDepth[depth] = Opcodes.INTEGER;
    mv.visitFrame(
        Opcodes.F_NEW, onlyDepth.length, onlyDepth, 1, new Object[] {"java/lang/Throwable"});
    exit();
    mv.visitInsn(Opcodes.ATHROW);
    super.visitMaxs(Math.max(maxStack + 1, 2), depth + 1);
  }

  private void exit() {
    mv.visitVarInsn(Opcodes.ILOAD, depth);
    CallSites.exit(mv, plan.method());
  }

  private static int slots(Object[] locals, int count) {
    int slots = 0;
    for (int i = 0; i < count; i++) {
      boolean wide = Opcodes.LONG.equals(locals[i]) || Opcodes.DOUBLE.equals(locals[i]);
      slots += wide ? 2 : 1;
    }
    return slots;
  }
}
