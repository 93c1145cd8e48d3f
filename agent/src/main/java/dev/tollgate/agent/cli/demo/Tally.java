package dev.tollgate.agent.cli.demo;

/**
 * Counts of HTTP answers.
 *
 * @param ok answered with 200
 * @param refused answered with 429, Too Many Requests
 */
public record Tally(int ok, int refused) {
  static final Tally NONE = new Tally(0, 0);

  /** All of them. */
  public int calls() {
    return ok + refused;
  }

  Tally plusOk() {
    return new Tally(ok + 1, refused);
  }

  Tally plusRefused() {
    return new Tally(ok, refused + 1);
  }
}
