package dev.tollgate.agent.weave;

import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Writes a class with its plan woven in. Methods that aren't in the plan are copied as they are,
 * and no stack map frame is ever computed, which would load classes of the program.
 */
final class ClassWeaver extends ClassVisitor {
  private final Map<String, MethodPlan> plans;
  private final PresentSites present;

  private ClassWeaver(ClassVisitor writer, Map<String, MethodPlan> plans, PresentSites present) {
    super(Opcodes.ASM9, writer);
    this.plans = plans;
    this.present = present;
  }

  /**
   * @param present what is in the file already: stays where it is as planned, and goes elsewhere
   */
  static byte[] weave(ClassReader file, ClassPlan plan, PresentSites present) {
    ClassWriter writer = new ClassWriter(file, 0);
    file.accept(
        new ClassWeaver(writer, plan.methods(), present),
        plan.changesFrames() ? ClassReader.EXPAND_FRAMES : 0);
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
    String key = name.concat(descriptor);
    MethodPlan plan = plans.get(key);
    if (plan != null && present.areAsPlanned(plan)) {
      return method;
    }
    MethodVisitor woven = plan == null ? method : LimitedMethod.of(method, plan);
    return present.isIn(key) ? new SiteRemover(woven) : woven;
  }
}
