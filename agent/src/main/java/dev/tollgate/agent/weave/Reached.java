package dev.tollgate.agent.weave;

import dev.tollgate.jmx.MissedMethod;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is limited in a class by something that stands elsewhere.
 *
 * @param causes by name and descriptor of a method, joined
 * @param copies methods, named likewise, that are left to their targets, and carry a copy of the
 *     annotation of these
 */
record Reached(Map<String, List<Cause>> causes, Set<String> copies, List<MissedMethod> missed) {
  static final Reached NOTHING = new Reached(Map.of(), Set.of(), List.of());

  /** Annotations, or rules where there are none of these. */
  List<Cause> causes(MethodDeclarations method) {
    return causes.getOrDefault(method.key(), List.of());
  }
}
