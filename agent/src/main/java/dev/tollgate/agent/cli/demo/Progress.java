package dev.tollgate.agent.cli.demo;

/** Told how the demo goes on, on the thread that runs it. */
public interface Progress {

  /** A run begins. */
  void started(Run run);

  /**
   * A call of this run has been answered.
   *
   * @param tally all answers so far
   */
  void answered(Tally tally);

  /** The run is over, however it ended. */
  void finished();
}
