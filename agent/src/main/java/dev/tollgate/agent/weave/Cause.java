package dev.tollgate.agent.weave;

/** Why a method is limited that carries nothing itself. */
sealed interface Cause {
  /** For the note in a report: {@code by the annotation of p.I.send(String)}. */
  String note();

  /**
   * An annotation of a type above.
   *
   * @param onType whether it stands on the type, not on {@code method}
   */
  record Annotation(ClassDeclarations type, MethodDeclarations method, boolean onType)
      implements Cause {
    @Override
    public String note() {
      String where = onType ? type.name() : type.name() + "." + method.signature();
      return "by the annotation of ".concat(where);
    }
  }

  /** A rule of the configuration. */
  record OfRule(RuledMethods rule) implements Cause {
    @Override
    public String note() {
      return "by rule ".concat(rule.pattern().toString());
    }
  }
}
