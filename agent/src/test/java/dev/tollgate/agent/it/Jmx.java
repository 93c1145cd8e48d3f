package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Another JVM's beans, over a real connection, which never leaves this machine. */
final class Jmx implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection connection;

  private Jmx(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.connection = connector.getMBeanServerConnection();
  }

  static Jmx of(RunningJvm jvm) throws Exception {
    VirtualMachine attached = VirtualMachine.attach(jvm.pid());
    try {
      String address = attached.startLocalManagementAgent();
      return new Jmx(JMXConnectorFactory.connect(new JMXServiceURL(address)));
    } finally {
      attached.detach();
    }
  }

  static ObjectName agent() throws Exception {
    return new ObjectName("dev.tollgate:type=Agent");
  }

  static ObjectName limiter(String name) throws Exception {
    return new ObjectName("dev.tollgate:type=RateLimiter,name=" + name);
  }

  MBeanServerConnection connection() {
    return connection;
  }

  /** Waits for the bean and fails where it doesn't come in {@code time}. */
  void await(ObjectName name, Duration time) throws Exception {
    boolean isThere = Deadline.in(time).poll(() -> connection.isRegistered(name), b -> b);
    assertThat(isThere).as("%s is there within %s", name, time).isTrue();
  }

  /** The agent's table {@code Woven} or {@code Missed}, row by row. */
  List<Map<String, String>> table(String attribute) throws Exception {
    await(agent(), Duration.ofSeconds(10));
    List<Map<String, String>> rows = new ArrayList<>();
    for (Object row : ((TabularData) connection.getAttribute(agent(), attribute)).values()) {
      CompositeData cells = (CompositeData) row;
      Map<String, String> texts = new HashMap<>();
      for (String column : cells.getCompositeType().keySet()) {
        texts.put(column, (String) cells.get(column));
      }
      rows.add(texts);
    }
    return rows;
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
