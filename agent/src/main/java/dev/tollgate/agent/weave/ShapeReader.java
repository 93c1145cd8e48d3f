package dev.tollgate.agent.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Reads the methods of a class, which bridge calls which, and which constructor. */
final class ShapeReader extends ClassVisitor {
  private final List<MethodShape> methods = new ArrayList<>();
  private String name = "";
  private @Nullable String superName;
  private int access;

  private ShapeReader() {
    super(Opcodes.ASM9);
  }

  static ClassShape read(ClassReader file) {
    ShapeReader reader = new ShapeReader();
    file.accept(reader, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return new ClassShape(reader.name, reader.access, reader.superName, reader.methods);
  }

  @Override
  public void visit(
      int version,
      int classAccess,
      String internalName,
      @Nullable String signature,
      @Nullable String superInternalName,
      String @Nullable [] interfaces) {
    name = internalName;
    superName = superInternalName;
    access = classAccess;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int methodAccess,
      String methodName,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    boolean isConstructor = methodName.equals("<init>");
    if (isConstructor || (methodAccess & Opcodes.ACC_BRIDGE) != 0) {
      return new Calls(methodAccess, methodName, descriptor);
    }
    methods.add(new MethodShape(methodAccess, methodName, descriptor, null, false));
    return null;
  }

  private final class Calls extends MethodVisitor {
    private final int methodAccess;
    private final String methodName;
    private final String descriptor;
    private @Nullable String bridgeTo;

    /** Objects of the class itself that were made and whose constructor isn't called yet. */
    private int unfinished;

    private boolean hasBegun;
    private boolean callsThis;

    Calls(int methodAccess, String methodName, String descriptor) {
      super(Opcodes.ASM9);
      this.methodAccess = methodAccess;
      this.methodName = methodName;
      this.descriptor = descriptor;
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      if (opcode == Opcodes.NEW && (type.equals(name) || type.equals(superName))) {
        unfinished++;
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String called, String calledDescriptor, boolean isInterface) {
      if (!called.equals(methodName)) {
        return;
      }
      if (!methodName.equals("<init>")) {
        if (bridgeTo == null && opcode != Opcodes.INVOKESTATIC) {
          bridgeTo = calledDescriptor;
        }
      } else if (owner.equals(name) || owner.equals(superName)) {
        if (unfinished > 0) {
          unfinished--;
        } else if (!hasBegun) {
          hasBegun = true;
          callsThis = owner.equals(name);
        }
      }
    }

    @Override
    public void visitEnd() {
      methods.add(new MethodShape(methodAccess, methodName, descriptor, bridgeTo, callsThis));
    }
  }
}
