package dev.tollgate.agent.weave;

import java.util.List;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Each execution takes. Where it can't end early, nothing else of the method changes. */
final class HeadWeaver extends LimitedMethod {
  HeadWeaver(MethodVisitor method, MethodPlan plan) {
    super(method, plan);
  }

  @Override
  public void visitCode() {
    super.visitCode();
    visitFirstLine();
    takePermits();
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    super.visitMaxs(
        Math.max(maxStack, stackForPermits()),
        plan.fallback() != null && !plan.isAsync() ? maxLocals + 1 : maxLocals);
  }

  @Override
  void loadDepth(int group) {
    CallSites.look(mv, plan.groups().get(group), plan.signature());
    mv.visitInsn(Opcodes.ICONST_0);
    mv.visitInsn(Opcodes.IALOAD);
  }

  @Override
  void beforeEnd() {}

  @Override
  int freeSlot() {
    return plan.method().maxLocals();
  }

  @Override
  void visitBodyFrame(List<Object> locals, @Nullable Object onStack) {
    Object[] stack = onStack == null ? new Object[0] : new Object[] {onStack};
    mv.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.length, stack);
  }
}
