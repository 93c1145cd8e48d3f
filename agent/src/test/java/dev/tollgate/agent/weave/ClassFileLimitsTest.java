package dev.tollgate.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.jmx.WovenMethod;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes and methods that are as large as a class file allows, but for the length of code. */
class ClassFileLimitsTest {
  private static final int MOST = 65_535;
  private static final Handle BOOTSTRAP =
      new Handle(Opcodes.H_INVOKESTATIC, "Any", "bootstrap", "()V", false);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMethodWithNoRoomForALocalVariableIsMissedIfItNeedsOne(boolean onType) throws Exception {
    byte[] file = withMethod(onType, code -> returnTwo(code, 1, MOST));
    WovenClass woven = weave(file);
    if (onType) {
      assertMissed(woven, "local variables");
    } else {
      assertThat(woven.plan().report().missed()).isEmpty();
      assertLoads(woven.file());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMethodWithNoRoomOnTheStackIsMissedIfItNeedsSome(boolean onType) throws Exception {
    byte[] file = withMethod(onType, code -> returnTwo(code, MOST - 2, 1));
    WovenClass woven = weave(file);
    if (onType) {
      assertMissed(woven, "operand stack");
    } else {
      assertThat(woven.plan().report().missed()).isEmpty();
      assertLoads(woven.file());
    }
  }

  @Test
  void aMethodWithNoRoomForAnExceptionHandlerIsMissed() throws Exception {
    assertMissed(
        weave(
            withMethod(
                true,
                code -> {
                  Label start = new Label();
                  Label end = new Label();
                  Label handler = new Label();
                  for (int i = 0; i < MOST; i++) {
                    code.visitTryCatchBlock(start, end, handler, null);
                  }
                  code.visitLabel(start);
                  code.visitInsn(Opcodes.ICONST_2);
                  code.visitLabel(end);
                  code.visitInsn(Opcodes.IRETURN);
                  code.visitLabel(handler);
                  code.visitFrame(
                      Opcodes.F_NEW, 0, new Object[0], 1, new Object[] {"java/lang/Throwable"});
                  code.visitInsn(Opcodes.ATHROW);
                  code.visitMaxs(1, 1);
                })),
        "exception handlers");
  }

  @Test
  void aMethodWithNoRoomForALineNumberIsMissed() throws Exception {
    assertMissed(
        weave(
            withMethod(
                false,
                code -> {
                  Label start = new Label();
                  code.visitLabel(start);
                  for (int i = 0; i < MOST; i++) {
                    code.visitLineNumber(1 + i, start);
                  }
                  returnTwo(code, 1, 1);
                })),
        "line numbers");
  }

  @Test
  void aMethodWhoseStackMapWouldBeMegabytesIsMissed() throws Exception {
    assertMissed(
        weave(
            withMethod(
                true,
                code -> {
                  for (int i = 0; i < 1_000; i++) {
                    Label next = new Label();
                    code.visitInsn(Opcodes.ICONST_1);
                    code.visitJumpInsn(Opcodes.IFEQ, next);
                    code.visitInsn(Opcodes.NOP);
                    code.visitLabel(next);
                    code.visitFrame(Opcodes.F_NEW, 0, new Object[0], 0, new Object[0]);
                  }
                  returnTwo(code, 1, 60_000);
                })),
        "stack map");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClassWithNoRoomForAConstantIsMissed(boolean onType) throws Exception {
    ClassWriter writer = begin(onType);
    addMethod(writer, !onType, "full", code -> returnTwo(code, 1, 1));
    for (int left = MOST - 1 - constants(writer); left > 0; left--) {
      writer.newConst(left);
    }
    byte[] file = writer.toByteArray();
    assertThat(new ClassReader(file).getItemCount()).isGreaterThanOrEqualTo(MOST - 1);
    WovenClass woven = weave(file);
    assertThat(woven.file()).isNull();
    assertMissed(woven, "constants");
  }

  @Test
  void aClassWithNoRoomForABootstrapMethodIsMissed() throws Exception {
    ClassWriter writer = begin(false);
    addMethod(writer, true, "full", code -> returnTwo(code, 1, 1));
    writer.newInvokeDynamic("a", "()V", BOOTSTRAP, 1, 1);
    byte[] file = withBootstrapMethods(writer.toByteArray(), MOST);
    WovenClass woven = weave(file);
    assertThat(woven.file()).isNull();
    assertMissed(woven, "constants");
    assertLoads(file);
  }

  /** The only attribute, hence the end of the file: repeats its one bootstrap method. */
  private static byte[] withBootstrapMethods(byte[] file, int count) {
    int size = 2 + 2 + 2 * 2;
    int lengthAt = file.length - size - 2 - 4;
    ByteBuffer all = ByteBuffer.allocate(file.length + (count - 1) * size);
    all.put(file, 0, lengthAt).putInt(2 + count * size).putShort((short) count);
    for (int i = 0; i < count; i++) {
      all.put(file, file.length - size, size);
    }
    return all.array();
  }

  private static int constants(ClassWriter writer) {
    return new ClassReader(writer.toByteArray()).getItemCount();
  }

  /** The method "full", of a body that answers 2, and a small one beside it. */
  private static byte[] withMethod(boolean onType, Consumer<MethodVisitor> body) {
    ClassWriter writer = begin(onType);
    addMethod(writer, !onType, "full", body);
    addMethod(writer, !onType, "small", code -> returnTwo(code, 1, 1));
    return writer.toByteArray();
  }

  private static ClassWriter begin(boolean onType) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Large", null, "java/lang/Object", null);
    if (onType) {
      limit(writer.visitAnnotation(Declaration.RATE_LIMITED, true));
    }
    return writer;
  }

  private static void addMethod(
      ClassWriter writer, boolean annotated, String name, Consumer<MethodVisitor> body) {
    MethodVisitor code =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, "()I", null, null);
    if (annotated) {
      limit(code.visitAnnotation(Declaration.RATE_LIMITED, true));
    }
    code.visitCode();
    body.accept(code);
    code.visitEnd();
  }

  private static void limit(AnnotationVisitor annotation) {
    annotation.visit("value", "any");
    annotation.visitEnd();
  }

  private static void returnTwo(MethodVisitor code, int maxStack, int maxLocals) {
    code.visitInsn(Opcodes.ICONST_2);
    code.visitInsn(Opcodes.IRETURN);
    code.visitMaxs(maxStack, maxLocals);
  }

  private static WovenClass weave(byte[] file) {
    return WovenClass.of(new ClassReader(file), ClassFiles.plan(file), PresentSites.NONE);
  }

  private static void assertMissed(WovenClass woven, String why) throws Exception {
    assertThat(woven.plan().report().missed())
        .filteredOn(missed -> missed.method().equals("full()"))
        .singleElement()
        .extracting(MissedMethod::why)
        .asString()
        .contains(why);
    assertThat(woven.plan().report().woven())
        .extracting(WovenMethod::method)
        .doesNotContain("full()");
    if (woven.file() != null) {
      assertThat(woven.plan().report().woven())
          .extracting(WovenMethod::method)
          .containsExactly("small()");
      assertLoads(woven.file());
    }
  }

  private static void assertLoads(byte[] file) throws Exception {
    Class<?> large =
        new ClassLoader(null) {
          Class<?> define() {
            return defineClass("Large", file, 0, file.length);
          }
        }.define();
    assertThat(large.getDeclaredMethods()).isNotEmpty();
  }
}
