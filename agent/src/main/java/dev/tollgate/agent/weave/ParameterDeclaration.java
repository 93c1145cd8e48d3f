package dev.tollgate.agent.weave;

import java.util.ArrayList;
import java.util.List;

/**
 * One of Tollgate's annotations on a parameter.
 *
 * @param parameter its index in the method's descriptor
 * @param annotation the annotation's descriptor
 * @param limiters what a {@code @LimitKey} names; empty for the first limit of the method
 */
record ParameterDeclaration(int parameter, String annotation, List<String> limiters) {
  /** What a method says itself of its weight and of its keys wins over what it inherits of each. */
  static List<ParameterDeclaration> inherit(
      List<ParameterDeclaration> own, List<ParameterDeclaration> inherited) {
    List<ParameterDeclaration> all = new ArrayList<>(own);
    for (ParameterDeclaration parameter : inherited) {
      boolean isSaid = false;
      for (ParameterDeclaration each : own) {
        isSaid |= each.annotation().equals(parameter.annotation());
      }
      if (!isSaid) {
        all.add(parameter);
      }
    }
    return all;
  }

  boolean isWeight() {
    return annotation.equals(Declaration.WEIGHT);
  }
}
