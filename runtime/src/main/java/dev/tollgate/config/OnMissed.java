package dev.tollgate.config;

/** What happens when a method that should be limited can't be. */
public enum OnMissed {
  /** It is reported, and the program goes on. */
  REPORT,
  /** The program does not start; only where the agent is there from the start. */
  FAIL
}
