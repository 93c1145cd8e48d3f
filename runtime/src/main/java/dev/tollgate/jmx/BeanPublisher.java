package dev.tollgate.jmx;

import dev.tollgate.health.HealthView;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.RateLimiter;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Registers the beans of the agent, of health and of each limiter with the platform's MBean server,
 * on a daemon thread.
 *
 * <p>Asking for that server initialises {@code java.util.logging}, and whoever does that first
 * decides on the log manager of the JVM. So the first bean waits where the program has announced a
 * log manager that isn't there yet; and to be run when the program has had time for it.
 */
public final class BeanPublisher implements Runnable {
  private static final long POLL_MILLIS = 250;

  private final LimiterRegistry registry;
  private final AgentView agent;
  private final Supplier<@Nullable HealthView> health;
  private final Supplier<@Nullable Consumer<String>> exit;
  private final boolean operations;
  private final BooleanSupplier mayUseLogging;
  private final Consumer<String> faults;
  private final LinkedBlockingQueue<RateLimiter> defined = new LinkedBlockingQueue<>();
  private final Set<ObjectName> published = new HashSet<>();

  /**
   * @param health asked when the beans are registered; of null where nothing is watched
   * @param exit asked when the beans are registered; takes the agent out of the JVM if it is given
   *     the right key, and throws otherwise; of null where that can't be
   * @param operations whether beans may change limiters
   * @param mayUseLogging whether initialising {@code java.util.logging} now does no harm
   * @param faults told in a line of each bean that could not be registered
   */
  public BeanPublisher(
      LimiterRegistry registry,
      AgentView agent,
      Supplier<@Nullable HealthView> health,
      Supplier<@Nullable Consumer<String>> exit,
      boolean operations,
      BooleanSupplier mayUseLogging,
      Consumer<String> faults) {
    this.registry = registry;
    this.agent = agent;
    this.health = health;
    this.exit = exit;
    this.operations = operations;
    this.mayUseLogging = mayUseLogging;
    this.faults = faults;
  }

  /**
   * Goes on until the thread is interrupted, since limiters may be defined at any time, and takes
   * the beans away then.
   */
  @Override
  public void run() {
    try {
      while (!mayUseLogging.getAsBoolean()) {
        Thread.sleep(POLL_MILLIS);
      }
      publish(ManagementFactory.getPlatformMBeanServer());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      faults.accept("no beans: " + e);
    }
  }

  private void publish(MBeanServer server) throws InterruptedException {
    BeanRegistrar registrar = new BeanRegistrar(server, faults);
    Consumer<RateLimiter> listener = defined::add;
    try {
      publish(registrar, BeanNames.AGENT, () -> AgentBean.of(agent, exit.get()));
      publish(registrar, BeanNames.HEALTH, this::healthBean);
      registry.onDefined(listener);
      for (; ; ) {
        RateLimiter limiter = defined.take();
        publish(
            registrar,
            BeanNames.rateLimiter(limiter.name()),
            () -> RateLimiterBean.of(limiter, registry, operations));
      }
    } finally {
      registry.forget(listener);
      published.forEach(registrar::unregister);
    }
  }

  private @Nullable OpenBean healthBean() {
    HealthView view = health.get();
    return view == null ? null : HealthBean.of(view);
  }

  /** A bean that fails to be made, or to be registered, keeps no other from coming. */
  private void publish(
      BeanRegistrar registrar, ObjectName name, Supplier<@Nullable OpenBean> maker) {
    if (published.contains(name)) {
      // A limiter may be told of twice.
      return;
    }
    try {
      OpenBean bean = maker.get();
      if (bean != null && registrar.register(name, bean)) {
        published.add(name);
      }
    } catch (Throwable e) {
      faults.accept("no bean " + name + ": " + e);
    }
  }
}
