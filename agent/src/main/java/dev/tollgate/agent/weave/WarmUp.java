package dev.tollgate.agent.weave;

import dev.tollgate.agent.link.Dispatcher;
import dev.tollgate.agent.link.FormWarmUp;
import dev.tollgate.agent.link.Linker;
import dev.tollgate.agent.link.SiteLimit;
import dev.tollgate.agent.link.SiteSpec;
import dev.tollgate.limiter.Presets;
import java.lang.invoke.MethodHandles;
import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Has the dispatcher installed, and links and runs a call site of each form once, before the first
 * class that has one. If the first of a JVM came at the very end of a stack, the JDK's own linking
 * classes could fail to initialise, and every later call site with them (seen on 17:
 * NoClassDefFoundError of MethodHandleImpl).
 */
final class WarmUp {
  private static final String METHOD = "run";

  private volatile boolean simple;
  private volatile boolean general;
  private volatile boolean later;

  /**
   * Does so for the forms of {@code plan} that no class before had. Holds no lock: classes of the
   * JDK are initialised here, and those may run code of the program that loads woven classes. Two
   * threads may do the same at once, which does no harm.
   */
  void before(ClassPlan plan) throws Throwable {
    if (!simple) {
      Dispatcher.need();
      Linker.warmUp();
      Class<?> sites = MethodHandles.lookup().defineHiddenClass(classFile(), true).lookupClass();
      sites.getMethod(METHOD).invoke(null);
      simple = true;
    }
    for (MethodPlan method : plan.methods().values()) {
      if (!general && !method.isSimple()) {
        FormWarmUp.general();
        general = true;
      }
      if (!later && method.isAsync()) {
        FormWarmUp.later();
        later = true;
      }
    }
  }

  private static byte[] classFile() {
    Group group = new Group("", METHOD, Group.Kind.ENTRY);
    ClassWriter file = new ClassWriter(0);
    file.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC,
        WarmUp.class.getName().replace('.', '/').concat("Sites"),
        null,
        "java/lang/Object",
        null);
    MethodVisitor code =
        file.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, METHOD, "()V", null, null);
    code.visitCode();
    CallSites.call(code, Linker.TAKE, "()V", free(0, SiteLimit.NO_GROUP), METHOD);
    CallSites.look(code, group, METHOD);
    code.visitInsn(Opcodes.POP);
    CallSites.enter(code, group, METHOD);
    code.visitInsn(Opcodes.ICONST_0);
    code.visitInsn(Opcodes.IALOAD);
    CallSites.call(code, Linker.TAKE, "(I)V", free(1, 0), METHOD);
    CallSites.look(code, group, METHOD);
    code.visitInsn(Opcodes.POP);
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(2, 0);
    code.visitEnd();
    file.visitEnd();
    return file.toByteArray();
  }

  /** Weight 0 passes free and uncounted. */
  private static SiteSpec free(int depths, int group) {
    String name = Presets.byName().keySet().iterator().next();
    SiteLimit limit = new SiteLimit(name, 0, 0, group, SiteLimit.NO_ARGUMENT, List.of());
    return new SiteSpec(List.of(limit), depths, null, null);
  }
}
