package dev.tollgate.agent.cli.demo;

/** The two runs that the demo compares. */
public enum Run {
  /** {@code java IssuesClient} */
  WITHOUT_AGENT("without the agent"),
  /** {@code java -javaagent:tollgate-agent.jar IssuesClient} */
  WITH_AGENT("with the agent");

  private final String label;

  Run(String label) {
    this.label = label;
  }

  /** The run in words that end a sentence. */
  public String label() {
    return label;
  }
}
