package dev.tollgate.agent.cli;

import java.io.IOException;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The beans of another JVM of the same user on this machine. It needs no port and no options. */
final class JmxConnection implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private JmxConnection(JMXConnector connector, MBeanServerConnection beans) {
    this.connector = connector;
    this.beans = beans;
  }

  /**
   * Connects to the process {@code pid}, and starts the JVM's own management agent there if nobody
   * has yet.
   *
   * @throws IOException if there is no such JVM, it can't be attached to, or this Java runtime
   *     lacks what that takes
   */
  @SuppressWarnings("BanJNDI") // The address is the one that the JVM itself has just given.
  static JmxConnection open(long pid) throws IOException {
    String address;
    try {
      address = ManagementAgent.start(pid);
    } catch (LinkageError e) {
      throw new IOException("this Java runtime lacks the module jdk.attach", e);
    }
    JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
    try {
      return new JmxConnection(connector, connector.getMBeanServerConnection());
    } catch (IOException e) {
      connector.close();
      throw e;
    }
  }

  MBeanServerConnection beans() {
    return beans;
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
