package dev.tollgate.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** Methods that look like a compiler's copies, and those that are. */
class CompilerCopiesTest {
  private static final String TYPE = "p/Api";

  private final ClassWriter file = new ClassWriter(ClassWriter.COMPUTE_MAXS);

  CompilerCopiesTest() {
    file.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, TYPE, null, "java/lang/Object", null);
  }

  @Test
  void anOverloadWithALineIsWrittenAndTakes() {
    method("send", "()V", 1, TYPE, "send", "(I)V");
    method("send", "(I)V", 1, "p/Other", "any", "()V");
    assertThat(limited()).containsExactly("send()V", "send(I)V");
  }

  @Test
  void anOverloadWithoutALineBesideOneWithALineIsACopy() {
    method("send", "()V", 0, TYPE, "send", "(I)V");
    method("send", "(I)V", 1, "p/Other", "any", "()V");
    assertThat(limited()).containsExactly("send(I)V");
  }

  @Test
  void withoutAnyLineInTheClassNothingTellsACopySoBothTake() {
    method("send", "()V", 0, TYPE, "send", "(I)V");
    method("send", "(I)V", 0, "p/Other", "any", "()V");
    assertThat(limited()).containsExactly("send()V", "send(I)V");
  }

  @Test
  void anOverloadThatCallsAnotherWithAValueClassIsWrittenAndTakes() {
    method("send", "()V", 1, TYPE, "send-MjP1sdY", "(I)V");
    method("send-MjP1sdY", "(I)V", 2, "p/Other", "any", "()V");
    assertThat(limited()).containsExactly("send()V", "send-MjP1sdY(I)V");
  }

  @Test
  void aMethodThatCallsOneOfASimilarNameOfAnotherClassTakes() {
    method("send", "()V", 1, "p/Other", "send-MjP1sdY", "(I)V");
    method("get", "()V", 2, "p/Other", "access$getX", "(I)V");
    method("call", "()V", 3, "p/Api$Inner", "call", "(I)V");
    assertThat(limited()).containsExactly("send()V", "get()V", "call()V");
  }

  @Test
  void aTextThatLooksLikeANameMadeFromTheMethodsIsNone() {
    MethodVisitor code = begin("send", "()V", 1);
    code.visitInvokeDynamicInsn(
        "makeConcatWithConstants",
        "(I)Ljava/lang/String;",
        new Handle(
            Opcodes.H_INVOKESTATIC, "java/lang/invoke/StringConcatFactory", "any", "()V", false),
        "send$\u0001");
    end(code);
    assertThat(limited()).containsExactly("send()V");
  }

  private List<String> limited() {
    file.visitEnd();
    return List.copyOf(ClassFiles.plan(file.toByteArray()).methods().keySet());
  }

  private void method(
      String name, String descriptor, int line, String owner, String called, String calledWith) {
    MethodVisitor code = begin(name, descriptor, line);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    if (calledWith.startsWith("(I")) {
      code.visitInsn(Opcodes.ICONST_1);
    }
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, called, calledWith, false);
    end(code);
  }

  private MethodVisitor begin(String name, String descriptor, int line) {
    MethodVisitor code = file.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
    AnnotationVisitor annotation = code.visitAnnotation(Declaration.RATE_LIMITED, true);
    annotation.visit("value", "any");
    annotation.visitEnd();
    code.visitCode();
    if (line > 0) {
      Label start = new Label();
      code.visitLabel(start);
      code.visitLineNumber(line, start);
    }
    return code;
  }

  private static void end(MethodVisitor code) {
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
