package dev.tollgate.agent.weave;

import dev.tollgate.agent.link.Linker;
import dev.tollgate.limiter.Presets;
import java.lang.invoke.MethodHandles;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Links and runs a call site of each form once, before the program's first. If the first of a JVM
 * came at the very end of a stack, the JDK's own linking classes could fail to initialise, and
 * every later call site with them (seen on 17: NoClassDefFoundError of MethodHandleImpl).
 */
final class WarmUp {
  private static final String METHOD = "run";

  private WarmUp() {}

  static void run() throws ReflectiveOperationException {
    Linker.warmUp();
    Class<?> sites = MethodHandles.lookup().defineHiddenClass(classFile(), true).lookupClass();
    sites.getMethod(METHOD).invoke(null);
  }

  private static byte[] classFile() {
    // Weight 0 passes free and uncounted.
    Limit free = new Limit(Presets.byName().keySet().iterator().next(), 0, 0, Limit.NO_GROUP);
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
    CallSites.take(code, free, METHOD);
    CallSites.look(code, group, METHOD);
    code.visitInsn(Opcodes.POP);
    CallSites.enter(code, group, METHOD);
    code.visitInsn(Opcodes.ICONST_0);
    code.visitInsn(Opcodes.IALOAD);
    CallSites.takeIfOutermost(code, free, METHOD);
    CallSites.look(code, group, METHOD);
    code.visitInsn(Opcodes.POP);
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(2, 0);
    code.visitEnd();
    file.visitEnd();
    return file.toByteArray();
  }
}
