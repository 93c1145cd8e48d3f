package dev.tollgate.agent.cli.jvm;

import java.util.List;

/** A question that is answered with yes or no. */
public enum Probe {
  /** May it get traffic? */
  READINESS("Ready", "ReadinessIssues"),
  /** Is there nothing that only a restart mends? */
  LIVENESS("Live", "LivenessIssues");

  private final String attribute;
  private final String issues;

  Probe(String attribute, String issues) {
    this.attribute = attribute;
    this.issues = issues;
  }

  String[] attributes() {
    return new String[] {attribute, issues};
  }

  Answer answer(Attributes health) throws NoAnswerException {
    return new Answer(health.flag(attribute), health.texts(issues));
  }

  /**
   * What a health bean says.
   *
   * @param yes whether it is so
   * @param issues why not; empty if it is
   */
  public record Answer(boolean yes, List<String> issues) {}
}
