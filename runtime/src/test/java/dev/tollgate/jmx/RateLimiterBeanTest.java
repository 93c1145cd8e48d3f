package dev.tollgate.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.limiter.FakeTicker;
import dev.tollgate.limiter.LimiterMode;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.RateLimiter;
import java.time.Duration;
import java.util.Map;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanOperationInfo;
import javax.management.ReflectionException;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanInfo;
import org.junit.jupiter.api.Test;

class RateLimiterBeanTest {
  private final FakeTicker ticker = new FakeTicker();
  private final LimiterRegistry registry = new LimiterRegistry(ticker);
  private final RateLimiter limiter =
      registry.register(
          "billing",
          RateLimitConfig.of(3, Duration.ofMillis(1_500)).withBurst(2).withMaxWaiting(0));
  private final Beans beans = new Beans(RateLimiterBean.of(limiter, registry, true));

  @Test
  void hasTheContractsAttributesAndNoOthers() throws Exception {
    assertThat(beans.attributes().keySet())
        .containsExactlyInAnyOrder(
            "Permits",
            "PeriodMillis",
            "Burst",
            "Capacity",
            "Mode",
            "AvailablePermits",
            "TotalRequests",
            "AdmittedRequests",
            "RejectedRequests",
            "RejectionRate",
            "AverageWaitMillis",
            "MaxWaitMillis",
            "Waiting",
            "RetryAfterMillis");
  }

  @Test
  void isOpenAndDescribed() throws Exception {
    assertThat(beans.server().getMBeanInfo(beans.name())).isInstanceOf(OpenMBeanInfo.class);
    for (MBeanAttributeInfo info : beans.attributes().values()) {
      assertThat(info).isInstanceOf(OpenMBeanAttributeInfo.class);
      assertThat(info.getDescription()).as(info.getName()).isNotBlank();
      assertThat(info.getDescription()).as(info.getName()).isNotEqualTo(info.getName());
      assertThat(((OpenMBeanAttributeInfo) info).getOpenType().isValue(beans.get(info.getName())))
          .as("type of %s", info.getName())
          .isTrue();
    }
  }

  @Test
  void hasUnitsWhereThereAreSome() throws Exception {
    assertThat(beans.units())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("Permits", "tokens"),
                Map.entry("PeriodMillis", "ms"),
                Map.entry("Burst", "tokens"),
                Map.entry("Capacity", "tokens"),
                Map.entry("AvailablePermits", "tokens"),
                Map.entry("TotalRequests", "calls"),
                Map.entry("AdmittedRequests", "calls"),
                Map.entry("RejectedRequests", "calls"),
                Map.entry("AverageWaitMillis", "ms"),
                Map.entry("MaxWaitMillis", "ms"),
                Map.entry("Waiting", "calls"),
                Map.entry("RetryAfterMillis", "ms")));
  }

  @Test
  void showsTheLimiterAsItIs() throws Exception {
    limiter.tryAcquire(4);
    limiter.tryAcquire();
    limiter.tryAcquire();
    limiter.tryAcquire();
    ticker.advance(1);
    assertThat(beans.get("Permits")).isEqualTo(3L);
    assertThat(beans.get("PeriodMillis")).isEqualTo(1_500.0);
    assertThat(beans.get("Burst")).isEqualTo(2L);
    assertThat(beans.get("Capacity")).isEqualTo(5L);
    assertThat(beans.get("Mode")).isEqualTo("enforce");
    assertThat(beans.get("AvailablePermits")).isEqualTo(0L);
    assertThat(beans.get("TotalRequests")).isEqualTo(4L);
    assertThat(beans.get("AdmittedRequests")).isEqualTo(2L);
    assertThat(beans.get("RejectedRequests")).isEqualTo(2L);
    assertThat(beans.get("RejectionRate")).isEqualTo(0.5);
    assertThat(beans.get("AverageWaitMillis")).isEqualTo(0.0);
    assertThat(beans.get("MaxWaitMillis")).isEqualTo(0.0);
    assertThat(beans.get("Waiting")).isEqualTo(0L);
    // 499.999999 ms, never too short.
    assertThat(beans.get("RetryAfterMillis")).isEqualTo(500L);
    ticker.advance(500_000_000);
    assertThat(beans.get("RetryAfterMillis")).isEqualTo(0L);
    assertThat(beans.get("AvailablePermits")).isEqualTo(1L);
  }

  @Test
  void showsWaitsInFractionsOfAMillisecond() throws Exception {
    RateLimiter observed =
        registry.register(
            "observed",
            RateLimitConfig.of(1, Duration.ofNanos(1_250_500)).withMode(LimiterMode.OBSERVE));
    Beans bean = new Beans(RateLimiterBean.of(observed, registry, false));
    observed.tryAcquire();
    observed.run(() -> {});
    assertThat(bean.get("MaxWaitMillis")).isEqualTo(1.2505);
    assertThat(bean.get("AverageWaitMillis")).isEqualTo(0.62525);
    assertThat(bean.get("PeriodMillis")).isEqualTo(1.2505);
    assertThat(bean.get("Mode")).isEqualTo("observe");
  }

  @Test
  void hasNoOperationsUnlessTheyAreAllowed() throws Exception {
    Beans readOnly = new Beans(RateLimiterBean.of(limiter, registry, false));
    assertThat(readOnly.server().getMBeanInfo(readOnly.name()).getOperations()).isEmpty();
    assertThatThrownBy(() -> readOnly.invoke("mode", "off"))
        .isInstanceOf(ReflectionException.class);
    assertThat(limiter.config().mode()).isEqualTo(LimiterMode.ENFORCE);
  }

  @Test
  void changesTheModeByAParameterThatIsCalledName() throws Exception {
    MBeanOperationInfo[] operations = beans.server().getMBeanInfo(beans.name()).getOperations();
    assertThat(operations).extracting(MBeanOperationInfo::getName).containsExactly("mode");
    assertThat(operations[0].getDescription()).isNotBlank();
    assertThat(operations[0].getSignature()).hasSize(1);
    assertThat(operations[0].getSignature()[0].getName()).isEqualTo("name");
    assertThat(operations[0].getSignature()[0].getDescription()).isNotBlank();

    for (String mode : new String[] {"observe", "OFF", "Enforce"}) {
      beans.invoke("mode", mode);
      assertThat(limiter.config().mode().name()).isEqualToIgnoringCase(mode);
      assertThat((String) beans.get("Mode")).isEqualToIgnoringCase(mode);
    }
  }

  @Test
  void refusesAModeThatThereIsNotInClassesOfTheJdk() {
    for (String mode : new String[] {"fast", "", null}) {
      assertThatThrownBy(() -> beans.invoke("mode", new Object[] {mode}))
          .isInstanceOf(MBeanException.class)
          .hasMessageContaining("'" + mode + "' is not a mode; there are enforce, observe and off")
          .satisfies(OpenBeanTest::assertOnlyJdkClasses);
    }
    assertThat(limiter.config().mode()).isEqualTo(LimiterMode.ENFORCE);
  }
}
