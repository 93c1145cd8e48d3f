package dev.tollgate.agent.weave;

import java.util.List;

/**
 * One of Tollgate's annotations on a parameter.
 *
 * @param parameter its index in the method's descriptor
 * @param annotation the annotation's descriptor
 * @param limiters what a {@code @LimitKey} names; empty for the first limit of the method
 */
record ParameterDeclaration(int parameter, String annotation, List<String> limiters) {
  boolean isWeight() {
    return annotation.equals(Declaration.WEIGHT);
  }
}
