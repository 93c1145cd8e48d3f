package dev.tollgate.agent.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  private static final String KOTLIN = "Lkotlin/Metadata;";

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

  private final Set<String> fields = new HashSet<>();
  private boolean hasSource;

  /** Whether a compiler made it that tells so in its own way. */
  private boolean isMade;

  /** For each of {@link #methods}. */
  private final List<Method> bodies = new ArrayList<>();

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
        !reader.hasSource,
        reader.fields,
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
  public void visitSource(@Nullable String source, @Nullable String debug) {
    hasSource |= source != null;
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
    return descriptor.equals(KOTLIN)
        ? new KindVisitor()
        : DeclarationVisitor.of(descriptor, onType);
  }

  @Override
  public @Nullable FieldVisitor visitField(
      int fieldAccess,
      String fieldName,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    fields.add(fieldName);
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
    CompilerCopies copies =
        new CompilerCopies(
            internalName, isMade || (access & Opcodes.ACC_SYNTHETIC) != 0, List.copyOf(methods));
    for (int i = 0; i < methods.size(); i++) {
      Method body = bodies.get(i);
      if (!hasSource) {
        methods.set(i, methods.get(i).passingOnTo(passedOnTo(i)));
      }
      methods.set(
          i, copies.asCounted(methods.get(i), body.shape, body.isMarked, body.asksForStatic));
    }
    if (ProxyNames.copiesAnnotations(internalName)) {
      for (int i = 0; i < methods.size(); i++) {
        methods.set(i, methods.get(i).withoutAnnotations());
      }
    }
  }

  /**
   * Whom a method of a generated class passes its calls on to: a method that it calls itself, or
   * that of the superclass, if there is a method for somebody else to call that by.
   */
  private List<String> passedOnTo(int method) {
    MethodDeclarations self = methods.get(method);
    PassedCall passed = bodies.get(method).passed;
    if (passed == null || superName == null || !self.isVirtual()) {
      return List.of();
    }
    for (int i = 0; i < methods.size(); i++) {
      PassedCall other = bodies.get(i).passed;
      if (i != method
          && other != null
          && other.superCalls().contains(self.key())
          && methods.get(i).isAccessorOf(self)) {
        return List.of(superName);
      }
    }
    return passed.owners();
  }

  private final class Method extends MethodVisitor {
    private final int methodAccess;
    private final String methodName;
    private final String descriptor;
    private final @Nullable CallFinder calls;
    private @Nullable BodyShape shape;
    private @Nullable PassedCall passed;
    private boolean isMarked;
    private boolean asksForStatic;
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
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
      isMarked |= CompilerCopies.isMark(annotation);
      asksForStatic |= CompilerCopies.asksForStatic(annotation);
      return DeclarationVisitor.of(annotation, own);
    }

    @Override
    public void visitCode() {
      if (!hasSource && superName != null) {
        passed = new PassedCall(mv, superName, methodName.concat(descriptor));
        mv = passed;
      }
      if (!own.isEmpty()) {
        shape = new BodyShape(mv);
        mv = shape;
      }
      super.visitCode();
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
        hasSource = true;
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
              false,
              List.of(),
              calls != null && calls.callsThis()));
      bodies.add(this);
    }
  }

  /** What kind of class file Kotlin says that it has written. */
  private final class KindVisitor extends AnnotationVisitor {
    private static final int SYNTHETIC_CLASS = 3;

    KindVisitor() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(@Nullable String member, Object value) {
      isMade |= "k".equals(member) && value.equals(SYNTHETIC_CLASS);
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
