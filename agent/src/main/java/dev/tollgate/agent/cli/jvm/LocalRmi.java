package dev.tollgate.agent.cli.jvm;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.rmi.server.RMISocketFactory;

/**
 * What holds for all RMI of this process: it goes to the loopback address, and deserialises only
 * what {@link AnswerFilter} lets through. Both are settings of the whole JVM, which is the command
 * line's own.
 */
final class LocalRmi {
  private LocalRmi() {}

  /** Makes the settings; those that somebody has made before, by an option say, stay. */
  static void prepare() {
    // RMI would look up this machine's name, which may take long or fail.
    if (System.getProperty("java.rmi.server.hostname") == null) {
      System.setProperty("java.rmi.server.hostname", "127.0.0.1");
    }
    try {
      RMISocketFactory.setSocketFactory(new LoopbackSockets());
    } catch (IOException e) {
      // There is one already.
    }
    try {
      ObjectInputFilter.Config.setSerialFilter(new AnswerFilter());
    } catch (IllegalStateException e) {
      // There is one already.
    }
  }
}
