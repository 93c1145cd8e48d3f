package dev.tollgate.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.health.HealthStatus;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.RateLimiters;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the platform's own server. */
class TollgateBeansTest {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final FixedHealth health = new FixedHealth(FixedHealth.of(HealthStatus.DEGRADED));
  private final FixedHealth another = new FixedHealth(FixedHealth.of(HealthStatus.HEALTHY));
  private final List<String> faults = new ArrayList<>();

  @AfterEach
  void removeTheBean() throws JMException {
    if (server.isRegistered(BeanNames.HEALTH)) {
      server.unregisterMBean(BeanNames.HEALTH);
    }
  }

  @Test
  void registersHealthUntilClosed() throws Exception {
    try (TollgateBeans beans = TollgateBeans.register(health, faults::add)) {
      assertThat(beans).isNotNull();
      assertThat(server.getAttribute(BeanNames.HEALTH, "Status")).isEqualTo("DEGRADED");
    }
    assertThat(server.isRegistered(BeanNames.HEALTH)).isFalse();
  }

  @Test
  void aProgramWithoutTheAgentHasItsHealthAndItsLimitersInOneLine() throws Exception {
    TollgateBeans beans = TollgateBeans.register();
    RateLimiters.register("of-beans-test", RateLimitConfig.of(7, Duration.ofHours(1)));
    assertThat(server.getAttribute(BeanNames.HEALTH, "Live")).isEqualTo(true);
    assertThat(server.getAttribute(BeanNames.rateLimiter("of-beans-test"), "Permits"))
        .isEqualTo(7L);
    assertThat(server.isRegistered(BeanNames.rateLimiter("github_api"))).isTrue();
    beans.close();
    assertThat(server.queryNames(new ObjectName("dev.tollgate:*"), null)).isEmpty();
  }

  @Test
  void leavesTheBeanThatIsThereSaysSoAndDoesNotTakeItAway() throws Exception {
    try (TollgateBeans first = TollgateBeans.register(health, faults::add)) {
      assertThat(first).isNotNull();
      TollgateBeans.register(another, faults::add).close();
      assertThat(server.getAttribute(BeanNames.HEALTH, "Status")).isEqualTo("DEGRADED");
    }
    assertThat(faults)
        .containsExactly(
            "no bean dev.tollgate:type=Health: another copy of Tollgate has registered it");
  }

  @Test
  void closingAgainLeavesWhatWasRegisteredSince() throws Exception {
    TollgateBeans first = TollgateBeans.register(health, faults::add);
    first.close();
    try (TollgateBeans second = TollgateBeans.register(another, faults::add)) {
      assertThat(second).isNotNull();
      first.close();
      assertThat(server.getAttribute(BeanNames.HEALTH, "Status")).isEqualTo("HEALTHY");
    }
  }

  @Test
  void closesQuietlyWhereTheBeanIsGone() throws Exception {
    try (TollgateBeans beans = TollgateBeans.register(health, faults::add)) {
      assertThat(beans).isNotNull();
      server.unregisterMBean(BeanNames.HEALTH);
    }
    assertThat(faults).isEmpty();
  }
}
