package dev.tollgate.agent.cli.jvm;

/** Finds the way to another JVM. */
@FunctionalInterface
public interface Connector {

  /** JVMs of this machine, over the JDK's own attach and JMX: no port, no options. */
  static Connector local() {
    // No reference to the method: that would link the class here, where it may lack its modules.
    return pid -> JmxConnection.open(pid);
  }

  /**
   * Connects to the process {@code pid}; may hang for as long as that process does.
   *
   * @throws NoAnswerException if there is no such JVM, or it can't be connected to
   */
  Connection open(long pid) throws NoAnswerException;
}
