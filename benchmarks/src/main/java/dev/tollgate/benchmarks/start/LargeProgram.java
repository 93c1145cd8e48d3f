package dev.tollgate.benchmarks.start;

import dev.tollgate.RateLimited;
import dev.tollgate.benchmarks.start.program.Many;
import java.util.LinkedHashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The classes that {@link Many} loads: about 3 KB and 130 constants each, like those of programs.
 */
final class LargeProgram {
  private static final int METHODS = 20;
  private static final String OBJECT = "java/lang/Object";

  private LargeProgram() {}

  /**
   * @param annotated whether some have an annotated method
   */
  static Map<String, byte[]> classes(boolean annotated) {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    for (int i = 0; i < Many.CLASSES; i++) {
      String name = Many.NAME + i;
      boolean limited = annotated && i % Many.ANNOTATED_EACH == 0;
      classes.put(name, write(name.replace('.', '/'), limited));
    }
    return classes;
  }

  private static byte[] write(String name, boolean limited) {
    ClassWriter file = new ClassWriter(0);
    file.visit(
        Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, OBJECT, new String[] {"java/lang/Runnable"});
    MethodVisitor constructor = file.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    constructor.visitVarInsn(Opcodes.ALOAD, 0);
    constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false);
    end(constructor);
    MethodVisitor run = file.visitMethod(Opcodes.ACC_PUBLIC, "run", "()V", null, null);
    if (limited) {
      run.visitAnnotation(Type.getDescriptor(RateLimited.class), true).visit("value", "filesystem");
    }
    end(run);
    for (int i = 0; i < METHODS; i++) {
      MethodVisitor text =
          file.visitMethod(
              Opcodes.ACC_PUBLIC, "textNumber" + i, "()Ljava/lang/String;", null, null);
      text.visitLdcInsn("a text of some length, in " + name + ", number " + i);
      text.visitLdcInsn("another, number " + i);
      text.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL,
          "java/lang/String",
          "concat",
          "(Ljava/lang/String;)Ljava/lang/String;",
          false);
      text.visitInsn(Opcodes.ARETURN);
      text.visitMaxs(2, 1);
      text.visitEnd();
    }
    file.visitEnd();
    return file.toByteArray();
  }

  private static void end(MethodVisitor method) {
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(1, 1);
    method.visitEnd();
  }
}
