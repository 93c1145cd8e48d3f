package dev.tollgate.agent.weave;

import dev.tollgate.jmx.MissedMethod;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Finds where a class makes lambdas that would have to be limited, and can't. */
final class LambdaFinder extends ClassVisitor {
  private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";

  private final String className;
  private final String result;
  private final List<Obligation> unkept;
  private final List<MissedMethod> missed;

  private LambdaFinder(
      String className, String result, List<Obligation> unkept, List<MissedMethod> missed) {
    super(Opcodes.ASM9);
    this.className = className;
    this.result = result;
    this.unkept = unkept;
    this.missed = missed;
  }

  /**
   * Adds to {@code missed} the lambdas and method references that implement {@code type}.
   *
   * @param unkept what an implementation's methods would be limited by
   */
  static void find(
      ClassReader file, String type, List<Obligation> unkept, List<MissedMethod> missed) {
    file.accept(
        new LambdaFinder(file.getClassName().replace('/', '.'), ")L" + type + ";", unkept, missed),
        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    if (name.equals("$deserializeLambda$")) {
      // The compiler's own: it makes again what is made elsewhere in the class.
      return null;
    }
    return new MethodVisitor(Opcodes.ASM9) {
      @Override
      public void visitInvokeDynamicInsn(
          String implemented, String type, Handle bootstrap, Object... arguments) {
        if (bootstrap.getOwner().equals(METAFACTORY) && type.endsWith(result)) {
          for (Obligation obligation : unkept) {
            if (obligation.method().name().equals(implemented)) {
              add(Signatures.of(name, descriptor), obligation);
            }
          }
        }
      }
    };
  }

  private void add(String method, Obligation obligation) {
    MissedMethod row =
        new MissedMethod(
            className,
            method,
            "a lambda or method reference here would be limited "
                + obligation.cause().note()
                + ", but no agent sees its class: write a class instead, or annotate what it calls");
    if (!missed.contains(row)) {
      missed.add(row);
    }
  }
}
