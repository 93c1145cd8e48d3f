package dev.tollgate.agent.weave;

import dev.tollgate.agent.report.ClassReport;
import dev.tollgate.jmx.MissedMethod;
import dev.tollgate.jmx.WovenMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

  boolean changesFrames() {
    for (MethodPlan method : methods.values()) {
      if (method.isEntry() || method.mayEndEarly()) {
        return true;
      }
    }
    return false;
  }

  /** How many calls are woven in at most. */
  int callSites() {
    int sites = 0;
    for (MethodPlan method : methods.values()) {
      sites += method.groups().size() + 1;
    }
    return sites;
  }

  /** The same without any method; each is reported as missed. */
  ClassPlan withoutAny(String why) {
    ClassPlan rest = this;
    for (String method : methods.keySet()) {
      rest = rest.without(method, why);
    }
    return rest;
  }

  /** The same without one method, which is reported as missed. */
  ClassPlan without(String nameAndDescriptor, String why) {
    Map<String, MethodPlan> others = new LinkedHashMap<>(methods);
    MethodPlan left = Objects.requireNonNull(others.remove(nameAndDescriptor), nameAndDescriptor);
    List<WovenMethod> woven = new ArrayList<>();
    for (WovenMethod row : report.woven()) {
      if (!row.method().equals(left.signature())) {
        woven.add(row);
      }
    }
    List<MissedMethod> missed = new ArrayList<>(report.missed());
    missed.add(new MissedMethod(className, left.signature(), why));
    return new ClassPlan(className, others, definitions, new ClassReport(woven, missed));
  }
}
