package dev.tollgate.agent.weave;

import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * What is to be woven into one method.
 *
 * @param owner the class, and whether that is an interface
 * @param method the method as its class file declares it
 * @param limits taken all or nothing
 * @param groups all of one kind
 * @param fallback what answers a refusal, or null where that is thrown
 */
record MethodPlan(
    Owner owner,
    MethodDeclarations method,
    List<Limit> limits,
    List<Group> groups,
    @Nullable Fallback fallback) {

  /** A call site can't hand over quite as many as a method can have. */
  private static final int MOST_SLOTS_LATER = 240;

  /** The class that a method stands in. */
  record Owner(String internalName, boolean isInterface) {}

  /** For reports. */
  String signature() {
    return method.signature();
  }

  /** Whether it has to be known when the method ends. */
  boolean isEntry() {
    return !groups.isEmpty() && groups.get(0).kind() == Group.Kind.ENTRY;
  }

  /** Whether a call that has to wait answers with a future, and doesn't block. */
  boolean isAsync() {
    return Notes.isAsync(method) && method.argumentSlots() <= MOST_SLOTS_LATER;
  }

  /** Whether the method may end before its body begins. */
  boolean mayEndEarly() {
    return isAsync() || fallback != null;
  }

  /** Whether it takes for one limit that speaks of no parameter, and throws where it is refused. */
  boolean isSimple() {
    return limits.size() == 1
        && groups.size() <= 1
        && !mayEndEarly()
        && limits.get(0).weightParameter() == Limit.NO_PARAMETER
        && limits.get(0).keyParameters().isEmpty();
  }

  boolean isStatic() {
    return method.has(Opcodes.ACC_STATIC);
  }
}
