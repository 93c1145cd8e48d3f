package dev.tollgate.agent.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Reads what a class file declares, and loads no class. */
final class DeclarationReader extends ClassVisitor {
  private final List<Declaration> onType = new ArrayList<>();
  private final List<MethodDeclarations> methods = new ArrayList<>();
  private String name = "";
  private int version;
  private boolean isEnum;

  private DeclarationReader() {
    super(Opcodes.ASM9);
  }

  static ClassDeclarations read(ClassReader file) {
    DeclarationReader reader = new DeclarationReader();
    file.accept(reader, ClassReader.SKIP_FRAMES);
    return new ClassDeclarations(
        reader.name, reader.version, reader.isEnum, reader.onType, reader.methods);
  }

  @Override
  public void visit(
      int classVersion,
      int access,
      String internalName,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    version = classVersion & 0xffff;
    name = internalName.replace('/', '.');
    isEnum = (access & Opcodes.ACC_ENUM) != 0;
  }

  @Override
  public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    return DeclarationVisitor.of(descriptor, onType);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String methodName,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new Method(access, methodName, descriptor);
  }

  private final class Method extends MethodVisitor {
    private final int access;
    private final String methodName;
    private final String descriptor;
    private final List<Declaration> own = new ArrayList<>();
    private final Set<String> parameterAnnotations = new HashSet<>();
    private int locals;
    private int firstLine;

    Method(int access, String methodName, String descriptor) {
      super(Opcodes.ASM9);
      this.access = access;
      this.methodName = methodName;
      this.descriptor = descriptor;
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
      return DeclarationVisitor.of(annotation, own);
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(
        int parameter, String annotation, boolean visible) {
      if (annotation.equals(Declaration.WEIGHT) || annotation.equals(Declaration.LIMIT_KEY)) {
        parameterAnnotations.add(annotation);
      }
      return null;
    }

    @Override
    public void visitLineNumber(int line, Label start) {
      if (firstLine == 0) {
        firstLine = line;
      }
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      locals = maxLocals;
    }

    @Override
    public void visitEnd() {
      methods.add(
          new MethodDeclarations(
              access, methodName, descriptor, own, parameterAnnotations, locals, firstLine));
    }
  }
}
