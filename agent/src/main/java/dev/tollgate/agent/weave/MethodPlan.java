package dev.tollgate.agent.weave;

import java.util.List;

/**
 * What is to be woven into one method.
 *
 * @param method the method's signature, for reports
 * @param limits taken in this order
 * @param oncePerEntry whether they are taken only where the thread isn't inside another method of
 *     the same type already
 * @param maxLocals slots of the method's local variables
 * @param firstLine where a refusal shows in a stack trace; 0 where the source's lines aren't known
 */
record MethodPlan(
    String method, List<Limit> limits, boolean oncePerEntry, int maxLocals, int firstLine) {}
