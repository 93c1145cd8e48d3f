package dev.tollgate.agent.cli.jvm;

import java.io.IOException;
import java.net.MalformedURLException;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The beans of another JVM of the same user on this machine. It needs no port and no options. */
final class JmxConnection implements Connection {
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
   * @throws NoAnswerException if there is no such JVM, or it can't be attached to
   * @throws LinkageError if this Java runtime lacks what that takes
   */
  static JmxConnection open(long pid) throws NoAnswerException {
    JvmProcess.check(pid);
    return connect(pid, ManagementAgent.address(pid));
  }

  @SuppressWarnings("BanJNDI") // The address is the one that the JVM itself has just given.
  private static JmxConnection connect(long pid, String address) throws NoAnswerException {
    try {
      JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
      try {
        return new JmxConnection(connector, connector.getMBeanServerConnection());
      } catch (IOException e) {
        connector.close();
        throw e;
      }
    } catch (MalformedURLException e) {
      // What the JDK says where its own protocol isn't there.
      throw new NoClassDefFoundError("javax.management.remote.rmi");
    } catch (IOException e) {
      throw new NoAnswerException(
          ProcessHandle.of(pid).isEmpty()
              ? "process " + pid + " has ended"
              : "process " + pid + " takes no JMX connection: " + e,
          e);
    }
  }

  @Override
  public MBeanServerConnection beans() {
    return beans;
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
