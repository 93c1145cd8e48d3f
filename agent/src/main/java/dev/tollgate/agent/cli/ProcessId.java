package dev.tollgate.agent.cli;

/** The number of a process, as people type it. */
final class ProcessId {
  private ProcessId() {}

  /**
   * @throws IllegalArgumentException if it can't be one; the message says what would be right
   */
  static long parse(String text) {
    try {
      long pid = Long.parseLong(text);
      if (pid > 0) {
        return pid;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no process id: write a number, as jps shows them");
  }
}
