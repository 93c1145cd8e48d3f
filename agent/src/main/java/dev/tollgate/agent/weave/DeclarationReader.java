package dev.tollgate.agent.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Reads what a class file declares, and loads no class. */
final class DeclarationReader extends ClassVisitor {
  private final List<Declaration> onType = new ArrayList<>();
  private final List<MethodDeclarations> methods = new ArrayList<>();
  private String internalName = "";
  private @Nullable String superName;
  private int version;
  private int access;

  /** Of an inner class, whose constructors get the object around it first; else null. */
  private @Nullable String outer;

  private boolean isInnerStatic;
  private int captured;
  private boolean isKotlin;

  /** For each of {@link #methods}, where Kotlin has compiled the class. */
  private final List<KotlinMethod> kotlin = new ArrayList<>();

  private DeclarationReader() {
    super(Opcodes.ASM9);
  }

  static ClassDeclarations read(ClassReader file) {
    DeclarationReader reader = new DeclarationReader();
    file.accept(reader, ClassReader.SKIP_FRAMES);
    return new ClassDeclarations(
        reader.internalName.replace('/', '.'),
        reader.version,
        reader.access,
        reader.superName,
        reader.onType,
        reader.methods);
  }

  @Override
  public void visit(
      int classVersion,
      int classAccess,
      String name,
      @Nullable String signature,
      @Nullable String superclass,
      String @Nullable [] interfaces) {
    version = classVersion & 0xffff;
    access = classAccess;
    internalName = name;
    superName = superclass;
  }

  @Override
  public void visitOuterClass(
      String owner, @Nullable String methodName, @Nullable String descriptor) {
    outer = owner;
  }

  @Override
  public void visitInnerClass(
      String inner, @Nullable String around, @Nullable String simpleName, int innerAccess) {
    if (inner.equals(internalName)) {
      isInnerStatic = (innerAccess & Opcodes.ACC_STATIC) != 0;
      if (around != null) {
        outer = around;
      }
    }
  }

  @Override
  public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    isKotlin |= descriptor.equals(KotlinMethod.METADATA);
    return DeclarationVisitor.of(descriptor, onType);
  }

  @Override
  public @Nullable FieldVisitor visitField(
      int fieldAccess,
      String fieldName,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    if ((fieldAccess & Opcodes.ACC_SYNTHETIC) != 0 && fieldName.startsWith("val$")) {
      captured++;
    }
    return null;
  }

  @Override
  public MethodVisitor visitMethod(
      int methodAccess,
      String methodName,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    boolean callsOneToKnow =
        methodName.equals("<init>") || (methodAccess & Opcodes.ACC_BRIDGE) != 0;
    return new Method(
        methodAccess,
        methodName,
        descriptor,
        callsOneToKnow ? new CallFinder(internalName, superName, methodName) : null);
  }

  @Override
  public void visitEnd() {
    List<MethodDeclarations> all = List.copyOf(methods);
    for (int i = 0; i < kotlin.size(); i++) {
      if (kotlin.get(i).isCopy(all.get(i), all)) {
        methods.set(i, all.get(i).withoutAnnotations());
      }
    }
    if (ProxyNames.copiesAnnotations(internalName)) {
      for (int i = 0; i < methods.size(); i++) {
        methods.set(i, methods.get(i).withoutAnnotations());
      }
    }
  }

  private final class Method extends MethodVisitor {
    private final int methodAccess;
    private final String methodName;
    private final String descriptor;
    private final @Nullable CallFinder calls;
    private final @Nullable KotlinMethod ofKotlin;
    private final List<Declaration> own = new ArrayList<>();
    private final List<ParameterDeclaration> parameters = new ArrayList<>();
    private int annotable = -1;
    private int locals;
    private int firstLine;

    /**
     * @param calls sees the instructions, if not null
     */
    Method(int methodAccess, String methodName, String descriptor, @Nullable CallFinder calls) {
      super(Opcodes.ASM9, calls);
      this.methodAccess = methodAccess;
      this.methodName = methodName;
      this.descriptor = descriptor;
      this.calls = calls;
      this.ofKotlin =
          isKotlin ? new KotlinMethod(internalName, methodAccess, methodName, descriptor) : null;
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
      if (ofKotlin != null) {
        ofKotlin.carries(annotation);
      }
      return DeclarationVisitor.of(annotation, own);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String called, String calledDescriptor, boolean isInterface) {
      super.visitMethodInsn(opcode, owner, called, calledDescriptor, isInterface);
      if (ofKotlin != null) {
        ofKotlin.calls(opcode, owner, called, calledDescriptor);
      }
    }

    @Override
    public void visitAnnotableParameterCount(int count, boolean visible) {
      annotable = count;
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(
        int index, String annotation, boolean visible) {
      if (!annotation.equals(Declaration.WEIGHT) && !annotation.equals(Declaration.LIMIT_KEY)) {
        return null;
      }
      List<String> limiters = new ArrayList<>();
      parameters.add(new ParameterDeclaration(index + shift(), annotation, limiters));
      return new NamesVisitor(limiters);
    }

    /**
     * How many parameters the compiler has put before those of the source, which alone are counted
     * in the table of annotations. Those of what a local class captures come behind them.
     */
    private int shift() {
      Type[] types = Type.getArgumentTypes(descriptor);
      int added = annotable < 0 ? 0 : types.length - annotable;
      if (added <= 0 || !methodName.equals("<init>")) {
        return 0;
      }
      if ((access & Opcodes.ACC_ENUM) != 0) {
        return Math.min(2, added);
      }
      boolean getsOuter =
          !isInnerStatic
              && added > captured
              && types[0].getSort() == Type.OBJECT
              && types[0].getInternalName().equals(outer);
      return getsOuter ? 1 : 0;
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
              methodAccess,
              methodName,
              descriptor,
              own,
              parameters,
              locals,
              firstLine,
              calls == null ? null : calls.bridgeTo(),
              calls != null && calls.callsThis()));
      if (ofKotlin != null) {
        kotlin.add(ofKotlin);
      }
    }
  }

  /** The names in a {@code @LimitKey}. */
  private static final class NamesVisitor extends AnnotationVisitor {
    private final List<String> names;

    NamesVisitor(List<String> names) {
      super(Opcodes.ASM9);
      this.names = names;
    }

    @Override
    public void visit(@Nullable String member, Object value) {
      if (value instanceof String text) {
        names.add(text);
      }
    }

    @Override
    public AnnotationVisitor visitArray(String member) {
      return this;
    }
  }
}
