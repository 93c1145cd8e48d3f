package dev.tollgate.agent.weave;

import dev.tollgate.config.MethodPattern;
import java.util.ArrayList;
import java.util.List;

/** The rules that name the same methods: their limits are taken together. */
final class RuledMethods {
  private final MethodPattern pattern;
  private final String origin;
  private final List<RuleLimit> limits = new ArrayList<>();
  private volatile boolean found;

  /**
   * @param origin where the first of them stands
   */
  RuledMethods(MethodPattern pattern, String origin) {
    this.pattern = pattern;
    this.origin = origin;
  }

  void add(RuleLimit limit) {
    limits.add(limit);
  }

  MethodPattern pattern() {
    return pattern;
  }

  List<RuleLimit> limits() {
    return limits;
  }

  String origin() {
    return origin;
  }

  /** Whether any method has come by that is meant. */
  boolean isFound() {
    return found;
  }

  void markFound() {
    found = true;
  }
}
