package dev.tollgate.agent.weave;

import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.LimitExceededException;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * One entry takes once: the thread's depth inside the group goes up at the head and back at each
 * end of the method, and only at depth 0 are permits taken. A method of several groups has a cell
 * and a depth of each.
 *
 * <pre>
 * int[] cell = enter();
 * int depth = cell[0];
 * cell[0] = depth + 1;
 * try { take(depth); body, with cell[0] = depth before each return }
 * catch (Throwable t) { cell[0] = depth; throw t }
 * </pre>
 *
 * <p>Going up and back is written out and calls nothing: at the very end of the stack a call could
 * fail, the depth would stay up, and the thread would never be charged again.
 *
 * <p>Cell and depth stand in local variables behind those of the method, so that none of them
 * moves; each frame of the method gets them as well. The handler's own frame knows no variables but
 * these, hence holds whatever the method did to its own. For methods only: before a constructor
 * called its super constructor there could be no such handler.
 */
final class EntryWeaver extends LimitedMethod {
  private static final String CELL = "[I";

  private final int groups;
  private final int firstFree;
  private final Label start = new Label();
  private final Label end = new Label();

  /** {@code method} must be given expanded frames. */
  EntryWeaver(MethodVisitor method, MethodPlan plan) {
    super(method, plan);
    this.groups = plan.groups().size();
    this.firstFree = plan.method().maxLocals() + 2 * groups;
  }

  @Override
  public void visitCode() {
    room.checkMaxs(0, firstFree + 1);
    super.visitCode();
    visitFirstLine();
    for (int group = 0; group < groups; group++) {
      CallSites.enter(mv, plan.groups().get(group), plan.signature());
      mv.visitInsn(Opcodes.DUP);
      mv.visitVarInsn(Opcodes.ASTORE, cell(group));
      mv.visitInsn(Opcodes.ICONST_0);
      mv.visitInsn(Opcodes.IALOAD);
      mv.visitVarInsn(Opcodes.ISTORE, depth(group));
    }
    // After the last call that could fail before the handler's range begins.
    for (int group = 0; group < groups; group++) {
      goIn(group);
    }
    mv.visitLabel(start);
    takePermits();
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
      goBack();
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitFrame(
      int type, int localCount, Object[] locals, int stackCount, Object[] stack) {
    Object[] all = Arrays.copyOf(locals, localCount + firstFree);
    int count = localCount;
    for (int slot = slots(locals, localCount); slot < plan.method().maxLocals(); slot++) {
      all[count++] = Opcodes.TOP;
    }
    for (int group = 0; group < groups; group++) {
      all[count++] = CELL;
      all[count++] = Opcodes.INTEGER;
    }
    try {
      super.visitFrame(type, count, all, stackCount, stack);
    } catch (LimitExceededException e) {
      throw room.ofFrames();
    }
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    mv.visitLabel(end);
    // Last in the table: the method's own handlers come before it.
    visitTryCatchBlock(start, end, end, null);
    Object[] onlyOurs = new Object[firstFree];
    Arrays.fill(onlyOurs, Opcodes.TOP);
    for (int group = 0; group < groups; group++) {
      onlyOurs[cell(group)] = CELL;
      onlyOurs[depth(group)] = Opcodes.INTEGER;
    }
    mv.visitFrame(
        Opcodes.F_NEW, onlyOurs.length, onlyOurs, 1, new Object[] {"java/lang/Throwable"});
    goBack();
    mv.visitInsn(Opcodes.ATHROW);
    // Going back takes three, on top of what a fallback answers with, or of what is thrown.
    super.visitMaxs(Math.max(maxStack + 3, Math.max(stackForPermits(), 5)), firstFree + 1);
  }

  @Override
  void loadDepth(int group) {
    mv.visitVarInsn(Opcodes.ILOAD, depth(group));
  }

  @Override
  void beforeEnd() {
    goBack();
  }

  @Override
  int freeSlot() {
    return firstFree;
  }

  @Override
  void visitBodyFrame(List<Object> locals, @Nullable Object onStack) {
    Object[] stack = onStack == null ? new Object[0] : new Object[] {onStack};
    visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.length, stack);
  }

  private void goIn(int group) {
    mv.visitVarInsn(Opcodes.ALOAD, cell(group));
    mv.visitInsn(Opcodes.ICONST_0);
    mv.visitVarInsn(Opcodes.ILOAD, depth(group));
    mv.visitInsn(Opcodes.ICONST_1);
    mv.visitInsn(Opcodes.IADD);
    mv.visitInsn(Opcodes.IASTORE);
  }

  private void goBack() {
    for (int group = 0; group < groups; group++) {
      mv.visitVarInsn(Opcodes.ALOAD, cell(group));
      mv.visitInsn(Opcodes.ICONST_0);
      mv.visitVarInsn(Opcodes.ILOAD, depth(group));
      mv.visitInsn(Opcodes.IASTORE);
    }
  }

  private int cell(int group) {
    return plan.method().maxLocals() + 2 * group;
  }

  private int depth(int group) {
    return cell(group) + 1;
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
