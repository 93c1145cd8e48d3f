package dev.tollgate.jmx;

import java.util.function.Consumer;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Registers beans and takes them away; where one can't be, a line says why. */
final class BeanRegistrar {
  private final MBeanServer server;
  private final Consumer<String> faults;

  BeanRegistrar(MBeanServer server, Consumer<String> faults) {
    this.server = server;
    this.faults = faults;
  }

  /** Whether the bean is there now under this name. */
  boolean register(ObjectName name, OpenBean bean) {
    @Nullable String why;
    try {
      server.registerMBean(bean, name);
      return true;
    } catch (InstanceAlreadyExistsException e) {
      why = "another copy of Tollgate has registered it";
    } catch (JMException | RuntimeException e) {
      why = e.toString();
    }
    faults.accept("no bean " + name + ": " + why);
    return false;
  }

  void unregister(ObjectName name) {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      // Somebody else took it away.
    } catch (JMException | RuntimeException e) {
      faults.accept("bean " + name + " stays: " + e);
    }
  }
}
