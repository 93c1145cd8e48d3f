package dev.tollgate.agent.it;

/** {@code java -jar tollgate-agent.jar …}, in a JVM of its own. */
final class CommandLine {
  private CommandLine() {}

  /** With more patience than a user has: this machine may be busy. */
  static Jvm on(Jdk jdk, String command, RunningJvm target, String... arguments) {
    return Jvm.on(jdk)
        .main("-jar", Artifacts.AGENT.toString(), command, "--timeout", "1m", target.pid())
        .main(arguments);
  }
}
