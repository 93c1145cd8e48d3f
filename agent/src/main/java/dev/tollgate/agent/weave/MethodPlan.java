package dev.tollgate.agent.weave;

import java.util.List;

/**
 * What is to be woven into one method.
 *
 * @param method the method's signature, for reports
 * @param limits taken in this order
 * @param groups all of one kind
 * @param maxLocals slots of the method's local variables
 * @param firstLine where a refusal shows in a stack trace; 0 where the source's lines aren't known
 */
record MethodPlan(
    String method, List<Limit> limits, List<Group> groups, int maxLocals, int firstLine) {

  /** Whether it has to be known when the method ends. */
  boolean isEntry() {
    return !groups.isEmpty() && groups.get(0).kind() == Group.Kind.ENTRY;
  }
}
