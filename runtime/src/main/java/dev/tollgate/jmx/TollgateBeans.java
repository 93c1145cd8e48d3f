package dev.tollgate.jmx;

import dev.tollgate.health.Health;
import dev.tollgate.health.HealthView;
import dev.tollgate.limiter.Door;
import dev.tollgate.limiter.RateLimiter;
import dev.tollgate.limiter.RateLimiters;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.management.ObjectName;

/** The beans of a program that uses this library without the agent. */
public final class TollgateBeans implements AutoCloseable {
  private final BeanRegistrar registrar;

  // Both: guarded by registered.
  private final List<ObjectName> registered = new ArrayList<>();
  private boolean closed;

  private TollgateBeans(Consumer<String> faults) {
    this.registrar = new BeanRegistrar(ManagementFactory.getPlatformMBeanServer(), faults);
  }

  /**
   * Registers {@code dev.tollgate:type=Health} and a bean for each limiter, those that are there
   * and those to come, with the platform's MBean server. Where another copy of this library has
   * registered one of that name, that one stays, and a warning is logged. Under the agent, which
   * has registered its own for all copies, this does nothing.
   */
  public static TollgateBeans register() {
    TollgateBeans beans = new TollgateBeans(TollgateBeans::warn);
    if (Door.find() == null) {
      beans.add(Health.view());
      RateLimiters.onDefined(beans::add);
    }
    return beans;
  }

  static TollgateBeans register(HealthView health, Consumer<String> faults) {
    TollgateBeans beans = new TollgateBeans(faults);
    beans.add(health);
    return beans;
  }

  /** Takes away what it registered. Closing again does nothing. */
  @Override
  public void close() {
    synchronized (registered) {
      closed = true;
      registered.forEach(registrar::unregister);
      registered.clear();
    }
  }

  private void add(HealthView health) {
    add(BeanNames.HEALTH, HealthBean.of(health));
  }

  private void add(RateLimiter limiter) {
    add(BeanNames.rateLimiter(limiter.name()), RateLimiterBean.of(limiter));
  }

  private void add(ObjectName name, OpenBean bean) {
    synchronized (registered) {
      // A limiter may be told of twice.
      if (!closed && !registered.contains(name) && registrar.register(name, bean)) {
        registered.add(name);
      }
    }
  }

  private static void warn(String fault) {
    System.getLogger(TollgateBeans.class.getName()).log(System.Logger.Level.WARNING, fault);
  }
}
