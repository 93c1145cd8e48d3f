package dev.tollgate.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.health.HealthStatus;
import dev.tollgate.health.HealthView;
import dev.tollgate.limiter.FakeTicker;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.RateLimitConfig;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the platform's own server, so each test takes its beans away. */
@Timeout(60)
class BeanPublisherTest {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final LimiterRegistry registry = new LimiterRegistry(new FakeTicker());
  private final AtomicBoolean mayUseLogging = new AtomicBoolean();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Set<String> faults = new ConcurrentSkipListSet<>();
  private final FixedHealth health = new FixedHealth(FixedHealth.of(HealthStatus.HEALTHY));

  @AfterEach
  void removeTheBeans() throws JMException {
    for (ObjectName bean : server.queryNames(new ObjectName("dev.tollgate:*"), null)) {
      server.unregisterMBean(bean);
    }
  }

  @Test
  void publishesEachLimiterOnceLoggingMayBeUsedAndGoesOn() throws Exception {
    ObjectName taken = new ObjectName("dev.tollgate:type=RateLimiter,name=mcp_tools");
    server.registerMBean(RateLimiterBean.of(registry.get("mcp_tools"), registry, false), taken);
    Thread publisher = publish(null);
    try {
      await(asked::get);
      assertThat(published()).containsExactly("type=RateLimiter,name=mcp_tools");
      mayUseLogging.set(true);
      await(() -> published().size() == 6);
      assertThat(published())
          .containsExactly(
              "type=Agent",
              "type=RateLimiter,name=filesystem",
              "type=RateLimiter,name=github_api",
              "type=RateLimiter,name=mcp_tools",
              "type=RateLimiter,name=skill_operations",
              "type=RateLimiter,name=web_research");
      registry.register("later", RateLimitConfig.of(1, Duration.ofSeconds(1)));
      await(() -> published().contains("type=RateLimiter,name=later"));
      assertThat(faults)
          .containsExactly(
              "no bean dev.tollgate:type=RateLimiter,name=mcp_tools: another copy of Tollgate has"
                  + " registered it");
    } finally {
      end(publisher);
    }
  }

  @Test
  void publishesHealthWhereThereIsSomeUnderTheSameRules() throws Exception {
    Thread publisher = publish(health);
    try {
      await(asked::get);
      assertThat(published()).isEmpty();
      mayUseLogging.set(true);
      await(() -> published().size() == 7);
      assertThat(published()).contains("type=Agent", "type=Health");
      assertThat(server.getAttribute(BeanNames.HEALTH, "Status")).isEqualTo("HEALTHY");
      assertThat(faults).isEmpty();
    } finally {
      end(publisher);
    }
  }

  @Test
  void whenItEndsItTakesItsOwnBeansAway() throws Exception {
    ObjectName taken = new ObjectName("dev.tollgate:type=RateLimiter,name=mcp_tools");
    server.registerMBean(RateLimiterBean.of(registry.get("mcp_tools"), registry, false), taken);
    mayUseLogging.set(true);
    Thread publisher = publish(health);
    await(() -> published().size() == 7);
    end(publisher);
    assertThat(published()).as("not another's").containsExactly("type=RateLimiter,name=mcp_tools");
  }

  @Test
  void leavesTheHealthBeanOfAnotherCopyAndSaysSo() throws Exception {
    FixedHealth others = new FixedHealth(FixedHealth.of(HealthStatus.UNHEALTHY));
    server.registerMBean(HealthBean.of(others), BeanNames.HEALTH);
    mayUseLogging.set(true);
    Thread publisher = publish(health);
    try {
      await(() -> published().size() == 7);
      assertThat(faults)
          .containsExactly(
              "no bean dev.tollgate:type=Health: another copy of Tollgate has registered it");
      assertThat(server.getAttribute(BeanNames.HEALTH, "Status")).isEqualTo("UNHEALTHY");
    } finally {
      end(publisher);
    }
  }

  private Thread publish(HealthView view) {
    Thread publisher =
        new Thread(
            new BeanPublisher(
                registry, new NoView(), () -> view, () -> null, false, this::may, faults::add));
    publisher.setDaemon(true);
    publisher.start();
    return publisher;
  }

  private static void end(Thread publisher) throws InterruptedException {
    publisher.interrupt();
    publisher.join(PATIENCE_NANOS / 1_000_000);
    assertThat(publisher.isAlive()).isFalse();
  }

  private boolean may() {
    asked.set(true);
    return mayUseLogging.get();
  }

  private Set<String> published() {
    try {
      Set<String> keys = new TreeSet<>();
      for (ObjectName name : server.queryNames(new ObjectName("dev.tollgate:*"), null)) {
        keys.add(name.toString().substring("dev.tollgate:".length()));
      }
      return keys;
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - begin).as("patience").isLessThan(PATIENCE_NANOS);
      Thread.yield();
    }
  }

  private static final class NoView implements AgentView {
    @Override
    public String version() {
      return "";
    }

    @Override
    public String configSource() {
      return "";
    }

    @Override
    public String reloadFailure() {
      return "";
    }

    @Override
    public List<WovenMethod> woven() {
      return List.of();
    }

    @Override
    public List<MissedMethod> missed() {
      return List.of();
    }

    @Override
    public double weaveMillis() {
      return 0;
    }
  }
}
