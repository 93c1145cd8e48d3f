package dev.tollgate.jmx;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.Notification;
import javax.management.ObjectName;

/** A bean as a client of an MBean server of its own sees it. */
final class Beans {
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final ObjectName name;

  Beans(OpenBean bean) {
    try {
      name = new ObjectName("dev.tollgate:type=Test");
      server.registerMBean(bean, name);
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  Object get(String attribute) throws JMException {
    return server.getAttribute(name, attribute);
  }

  Object invoke(String operation, Object... arguments) throws JMException {
    String[] signature = new String[arguments.length];
    Arrays.fill(signature, String.class.getName());
    return server.invoke(name, operation, arguments, signature);
  }

  /** The notifications of the bean from now on. */
  BlockingQueue<Notification> subscribe() throws JMException {
    BlockingQueue<Notification> received = new LinkedBlockingQueue<>();
    server.addNotificationListener(name, (n, handback) -> received.add(n), null, null);
    return received;
  }

  MBeanServer server() {
    return server;
  }

  ObjectName name() {
    return name;
  }

  Map<String, MBeanAttributeInfo> attributes() throws JMException {
    return Arrays.stream(server.getMBeanInfo(name).getAttributes())
        .collect(
            Collectors.toMap(
                MBeanFeatureInfo::getName, info -> info, (a, b) -> a, LinkedHashMap::new));
  }

  /** By attribute; those that have one. */
  Map<String, Object> units() throws JMException {
    Map<String, Object> units = new LinkedHashMap<>();
    for (MBeanAttributeInfo info : attributes().values()) {
      Object unit = info.getDescriptor().getFieldValue("units");
      if (unit != null) {
        units.put(info.getName(), unit);
      }
    }
    return units;
  }
}
