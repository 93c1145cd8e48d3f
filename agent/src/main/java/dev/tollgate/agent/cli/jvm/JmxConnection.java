package dev.tollgate.agent.cli.jvm;

import java.io.IOException;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.rmi.RMIConnector;
import javax.management.remote.rmi.RMIServerImpl_Stub;

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
    LocalRmi.prepare();
    return connect(pid, ManagementAgent.address(pid));
  }

  private static JmxConnection connect(long pid, String address) throws NoAnswerException {
    try {
      RMIServerImpl_Stub stub = LocalStub.in(address);
      PortOwner.check(pid, stub);
      JMXConnector connector = new RMIConnector(stub, null);
      connector.connect();
      try {
        return new JmxConnection(connector, connector.getMBeanServerConnection());
      } catch (IOException e) {
        connector.close();
        throw e;
      }
    } catch (IOException | SecurityException e) {
      throw new NoAnswerException(
          ProcessHandle.of(pid).isEmpty()
              ? "process " + pid + " has ended"
              : "process " + pid + " takes no JMX connection: " + e.getMessage(),
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
