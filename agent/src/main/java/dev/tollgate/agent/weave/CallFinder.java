package dev.tollgate.agent.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Finds which method a bridge calls, and with which constructor another begins. */
final class CallFinder extends MethodVisitor {
  private final String type;
  private final @Nullable String superName;
  private final String methodName;
  private @Nullable String bridgeTo;

  /** Objects of the class itself that were made and whose constructor isn't called yet. */
  private int unfinished;

  private boolean hasBegun;
  private boolean callsThis;

  /**
   * @param type the class that has the method, with slashes, as its superclass
   */
  CallFinder(String type, @Nullable String superName, String methodName) {
    super(Opcodes.ASM9);
    this.type = type;
    this.superName = superName;
    this.methodName = methodName;
  }

  /** As in {@link MethodDeclarations}. */
  @Nullable String bridgeTo() {
    return bridgeTo;
  }

  /** As in {@link MethodDeclarations}. */
  boolean callsThis() {
    return callsThis;
  }

  @Override
  public void visitTypeInsn(int opcode, String made) {
    if (opcode == Opcodes.NEW && (made.equals(type) || made.equals(superName))) {
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
    } else if (owner.equals(type) || owner.equals(superName)) {
      if (unfinished > 0) {
        unfinished--;
      } else if (!hasBegun) {
        hasBegun = true;
        callsThis = owner.equals(type);
      }
    }
  }
}
