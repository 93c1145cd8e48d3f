package dev.tollgate.jmx;

import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;

/** The beans of a program that uses this library without the agent. */
public final class TollgateBeans implements AutoCloseable {
  private final MBeanServer server;
  private boolean registered;

  private TollgateBeans(MBeanServer server, boolean registered) {
    this.server = server;
    this.registered = registered;
  }

  /**
   * Registers {@code dev.tollgate:type=Health} with the platform's MBean server. Where there is one
   * already, such as the agent's, that one stays, and a warning is logged.
   */
  public static TollgateBeans register(HealthView health) {
    return register(health, TollgateBeans::warn);
  }

  static TollgateBeans register(HealthView health, Consumer<String> faults) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    BeanRegistrar registrar = new BeanRegistrar(server, faults);
    return new TollgateBeans(server, registrar.register(BeanNames.HEALTH, HealthBean.of(health)));
  }

  /** Takes away what it registered. Closing again does nothing. */
  @Override
  public synchronized void close() {
    if (!registered) {
      return;
    }
    registered = false;
    try {
      server.unregisterMBean(BeanNames.HEALTH);
    } catch (InstanceNotFoundException e) {
      // Somebody else took it away.
    } catch (JMException e) {
      warn("bean " + BeanNames.HEALTH + " stays: " + e);
    }
  }

  private static void warn(String fault) {
    System.getLogger(TollgateBeans.class.getName()).log(System.Logger.Level.WARNING, fault);
  }
}
