package dev.tollgate.agent.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Finds whether a method passes each call on, exactly once whichever way it goes, to a method of
 * the same name and descriptor: of its superclass, or of another object.
 *
 * <p>Counts such calls along the code, as the fewest and the most that a way to the instruction can
 * have made. A method that goes back anywhere is taken for one that passes nothing on.
 */
final class PassedCall extends MethodVisitor {
  private static final int UNREACHED = -1;

  private final String superName;
  private final String key;
  private final List<String> owners = new ArrayList<>();
  private final List<String> superCalls = new ArrayList<>();
  private final Map<Label, int[]> ahead = new HashMap<>();
  private final Set<Label> passed = new HashSet<>();
  private int fewest;
  private int most;
  private boolean fails;

  /**
   * @param next sees the instructions as well
   * @param superName of its class, with slashes
   * @param key name and descriptor of the method, joined
   */
  PassedCall(@Nullable MethodVisitor next, String superName, String key) {
    super(Opcodes.ASM9, next);
    this.superName = superName;
    this.key = key;
  }

  /** The types that the method is called of, with slashes; none if it doesn't pass each call on. */
  List<String> owners() {
    return fails ? List.of() : owners;
  }

  /** Names and descriptors, joined, of the methods of the superclass that it calls as such. */
  List<String> superCalls() {
    return superCalls;
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    String called = name.concat(descriptor);
    if (opcode == Opcodes.INVOKESPECIAL && owner.equals(superName)) {
      superCalls.add(called);
    }
    if (opcode != Opcodes.INVOKESTATIC && called.equals(key)) {
      owners.add(owner);
      if (fewest != UNREACHED) {
        fewest++;
        most++;
      }
    }
    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
      fails |= fewest != UNREACHED && (fewest != 1 || most != 1);
      fewest = UNREACHED;
    } else if (opcode == Opcodes.ATHROW) {
      fewest = UNREACHED;
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitLabel(Label label) {
    passed.add(label);
    int[] here = ahead.get(label);
    if (here != null) {
      boolean isReached = fewest != UNREACHED;
      fewest = isReached ? Math.min(fewest, here[0]) : here[0];
      most = isReached ? Math.max(most, here[1]) : here[1];
    }
    super.visitLabel(label);
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    goTo(label, fewest, most);
    if (opcode == Opcodes.GOTO) {
      fewest = UNREACHED;
    }
    fails |= opcode == Opcodes.JSR;
    super.visitJumpInsn(opcode, label);
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
    goToAll(other, labels);
    super.visitTableSwitchInsn(min, max, other, labels);
  }

  @Override
  public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
    goToAll(other, labels);
    super.visitLookupSwitchInsn(other, keys, labels);
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
    // Before the call or after it.
    goTo(handler, 0, 1);
    super.visitTryCatchBlock(start, end, handler, type);
  }

  private void goToAll(Label other, Label[] labels) {
    goTo(other, fewest, most);
    for (Label label : labels) {
      goTo(label, fewest, most);
    }
    fewest = UNREACHED;
  }

  private void goTo(Label label, int fewestThen, int mostThen) {
    fails |= passed.contains(label);
    if (fewestThen == UNREACHED) {
      return;
    }
    int[] there = ahead.get(label);
    if (there == null) {
      ahead.put(label, new int[] {fewestThen, mostThen});
    } else {
      there[0] = Math.min(there[0], fewestThen);
      there[1] = Math.max(there[1], mostThen);
    }
  }
}
