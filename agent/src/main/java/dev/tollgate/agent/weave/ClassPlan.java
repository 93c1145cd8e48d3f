package dev.tollgate.agent.weave;

import dev.tollgate.agent.report.ClassReport;
import java.util.List;
import java.util.Map;

/**
 * What is to be woven into one class.
 *
 * @param methods by name and descriptor, joined
 * @param definitions limiters that the class defines
 */
record ClassPlan(
    String className,
    Map<String, MethodPlan> methods,
    List<Definition> definitions,
    ClassReport report) {

  boolean hasOncePerEntry() {
    for (MethodPlan method : methods.values()) {
      if (method.oncePerEntry()) {
        return true;
      }
    }
    return false;
  }
}
