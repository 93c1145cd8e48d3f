package dev.tollgate.jmx;

import static dev.tollgate.jmx.FixedHealth.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.health.HealthReport;
import dev.tollgate.health.HealthStatus;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.NotificationFilterSupport;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As JConsole reads it: over a connector. */
@Timeout(60)
class RemoteHealthTest {
  private final FixedHealth health = new FixedHealth(FixedHealth.of(HealthStatus.HEALTHY));
  private final Beans beans = new Beans(HealthBean.of(health));

  @Test
  void isReadRefreshedAndSubscribedToFromElsewhere() throws Exception {
    JMXConnectorServer remote =
        JMXConnectorServerFactory.newJMXConnectorServer(
            new JMXServiceURL("service:jmx:rmi://"), null, beans.server());
    remote.start();
    try (JMXConnector client = JMXConnectorFactory.connect(remote.getAddress())) {
      MBeanServerConnection connection = client.getMBeanServerConnection();
      BlockingQueue<Notification> received = new LinkedBlockingQueue<>();
      NotificationFilterSupport filter = new NotificationFilterSupport();
      filter.enableType("dev.tollgate.health.status");
      connection.addNotificationListener(
          beans.name(), (n, handback) -> received.add(n), filter, null);

      health.become(
          new HealthReport(
              HealthStatus.DEGRADED,
              false,
              List.of("disk: 90 MB free"),
              true,
              List.of(),
              List.of(check("disk", HealthStatus.DEGRADED, "90 MB free"))));
      assertDegraded(connection);
      Notification notification = received.poll(20, TimeUnit.SECONDS);
      assertThat(notification).isNotNull();
      assertThat(notification.getType()).isEqualTo("dev.tollgate.health.status");
      assertThat(notification.getSource()).isEqualTo(BeanNames.HEALTH);
      assertThat(notification.getMessage()).isEqualTo("DEGRADED: disk: 90 MB free");
      CompositeData change = (CompositeData) notification.getUserData();
      assertThat(change.get("oldValue")).isEqualTo("HEALTHY");
      assertThat(change.get("newValue")).isEqualTo("DEGRADED");

      connection.invoke(beans.name(), "refresh", null, null);
      assertThat(health.refreshes).isEqualTo(1);
      assertThat(received).isEmpty();
    } finally {
      remote.stop();
    }
  }

  private void assertDegraded(MBeanServerConnection connection) throws Exception {
    String[] names = beans.attributes().keySet().toArray(new String[0]);
    assertThat(connection.getMBeanInfo(beans.name()))
        .isEqualTo(beans.server().getMBeanInfo(beans.name()));
    AttributeList values = connection.getAttributes(beans.name(), names);
    assertThat(values.asList()).extracting(Attribute::getName).containsExactly(names);
    assertThat(values.asList()).contains(new Attribute("Status", "DEGRADED"));
    assertThat((String[]) connection.getAttribute(beans.name(), "ReadinessIssues"))
        .containsExactly("disk: 90 MB free");
    TabularData checks = (TabularData) connection.getAttribute(beans.name(), "Checks");
    assertThat(checks).isEqualTo(beans.get("Checks"));
    assertThat(checks.get(new Object[] {"disk"}).get("statusCode")).isEqualTo(1);
  }
}
