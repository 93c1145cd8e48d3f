package dev.tollgate.agent.weave;

import dev.tollgate.jmx.MissedMethod;
import java.util.List;
import java.util.Map;

/**
 * What is limited in a class by something that stands elsewhere.
 *
 * @param causes by name and descriptor of a method, joined
 */
record Reached(Map<String, List<Cause>> causes, List<MissedMethod> missed) {
  static final Reached NOTHING = new Reached(Map.of(), List.of());

  /** Annotations, or rules where there are none of these. */
  List<Cause> causes(MethodDeclarations method) {
    return causes.getOrDefault(method.key(), List.of());
  }
}
