package dev.tollgate.jmx;

import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Looks whether the platform's MBean server has been made, without making it. */
public final class PlatformBeanServer {
  /** A bean of the JVM, which the platform's server has and no other. */
  private static final String RUNTIME = "java.lang:type=Runtime";

  private PlatformBeanServer() {}

  /** Whether somebody has asked for it. */
  public static boolean isThere() {
    try {
      ObjectName runtime = new ObjectName(RUNTIME);
      for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
        if (server.isRegistered(runtime)) {
          return true;
        }
      }
      return false;
    } catch (MalformedObjectNameException e) {
      throw new IllegalStateException(e);
    }
  }
}
