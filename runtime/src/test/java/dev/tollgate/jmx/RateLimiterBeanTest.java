package dev.tollgate.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.limiter.FakeTicker;
import dev.tollgate.limiter.LimiterMode;
import dev.tollgate.limiter.LimiterRegistry;
import dev.tollgate.limiter.RateLimitConfig;
import dev.tollgate.limiter.RateLimiter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ReflectionException;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void hasNoOperationsUnlessTheyAreAllowedAndSaysWhatAllowsThem() throws Exception {
    RateLimitConfig before = limiter.config();
    Beans readOnly = new Beans(RateLimiterBean.of(limiter, registry, false));
    assertThat(readOnly.server().getMBeanInfo(readOnly.name()).getOperations()).isEmpty();
    for (MBeanOperationInfo operation : beans.server().getMBeanInfo(beans.name()).getOperations()) {
      String name = operation.getName();
      assertThatThrownBy(() -> readOnly.invoke(name, "off"))
          .isInstanceOf(ReflectionException.class)
          .hasMessage(name + " isn't allowed; jmx.operations = true, at the next start, allows it")
          .satisfies(OpenBeanTest::assertOnlyJdkClasses);
    }
    assertThat(limiter.config()).isEqualTo(before);
  }

  @Test
  void hasTheContractsOperationsWithNamedParameters() throws Exception {
    MBeanOperationInfo[] operations = beans.server().getMBeanInfo(beans.name()).getOperations();

    assertThat(operations)
        .extracting(RateLimiterBeanTest::signature)
        .containsExactly(
            "mode(java.lang.String name)",
            "reconfigure(java.lang.Long permits, java.lang.Double periodMillis,"
                + " java.lang.Long burst)",
            "pauseFor(java.lang.Long millis)",
            "resume()");
    for (MBeanOperationInfo operation : operations) {
      assertThat(operation.getDescription()).isNotBlank();
      assertThat(operation.getImpact()).isEqualTo(MBeanOperationInfo.ACTION);
      for (MBeanParameterInfo parameter : operation.getSignature()) {
        assertThat(parameter.getDescription()).isNotBlank();
      }
    }
  }

  @Test
  void reconfiguresAtOnceAndLeavesAloneWhatIsNotNamed() throws Exception {
    RateLimitConfig before = limiter.config().withWarmUp(Duration.ofSeconds(1)).withMaxKeys(9);
    limiter.reconfigure(before);

    beans.invoke("reconfigure", 7L, 0.5, 1L);

    assertThat(limiter.config())
        .isEqualTo(
            RateLimitConfig.of(7, Duration.ofNanos(500_000))
                .withBurst(1)
                .withMaxWaiting(0)
                .withWarmUp(Duration.ofSeconds(1))
                .withMaxKeys(9));
    assertThat(beans.get("Capacity")).isEqualTo(8L);
    assertThat(registry.register("billing", before.withWarmUp(Duration.ZERO).withMaxKeys(100_000)))
        .as("still the program's definition")
        .isSameAs(limiter);
  }

  @Test
  void takesAnyNumberForANumber() throws Exception {
    beans.invoke("reconfigure", 7, 60_000L, 1.0);
    beans.invoke("pauseFor", 5);

    assertThat(limiter.config().period()).isEqualTo(Duration.ofMinutes(1));
    assertThat(limiter.config().burst()).isEqualTo(1);
  }

  @Test
  void aGivenCapacityStaysWhileTheBurstDoes() throws Exception {
    limiter.reconfigure(limiter.config().withCapacity(1));

    beans.invoke("reconfigure", 7L, 60_000.0, 2L);
    assertThat(beans.get("Capacity")).isEqualTo(1L);

    beans.invoke("reconfigure", 7L, 60_000.0, 3L);
    assertThat(beans.get("Capacity")).isEqualTo(10L);
    assertThat(limiter.config().explicitCapacity()).isEmpty();
  }

  @Test
  void pausesForSoLong() throws Exception {
    beans.invoke("pauseFor", 2_500L);

    assertThat(limiter.tryAcquire()).isFalse();
    assertThat(beans.get("RetryAfterMillis")).isEqualTo(3_000L);
    beans.invoke("pauseFor", 1L);
    assertThat(beans.get("RetryAfterMillis")).as("never shorter").isEqualTo(3_000L);
  }

  @Test
  void resumesBeforeAPauseIsOver() throws Exception {
    beans.invoke("pauseFor", 86_400_000L);
    beans.invoke("resume");

    assertThat(beans.get("RetryAfterMillis")).isEqualTo(500L);
  }

  @Test
  void pausesForADayAtMost() throws Exception {
    assertThatThrownBy(() -> beans.invoke("pauseFor", 86_400_001L))
        .isInstanceOf(MBeanException.class)
        .hasMessage("millis is 86400001; it must be at most 86400000, which is a day")
        .satisfies(OpenBeanTest::assertOnlyJdkClasses);
    assertThat(limiter.tryAcquire()).as("not paused").isTrue();

    beans.invoke("pauseFor", 86_400_000L);
    assertThat(limiter.tryAcquire()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 1000 | 0 | permits is 0; it must be at least 1",
        "1.5 | 1000 | 0 | permits is 1.5; it must be a whole number",
        "1e19 | 1000 | 0 | permits is 1.0E19; it must be a whole number",
        " | 1000 | 0 | permits is null; it must be a number",
        "1000001 | 1 | 0 | permits is 1000001; it must be at most one for each nanosecond of"
            + " period",
        "1 | 0 | 0 | periodMillis is 0.0; it must be more than 0 and at most 31622400000",
        "1 | -1 | 0 | periodMillis is -1.0; it must be more than 0",
        "1 | NaN | 0 | periodMillis is NaN; it must be more than 0",
        "1 | 31622400001 | 0 | periodMillis is 3.1622400001E10; it must be more than 0 and at most",
        "1 | 1e-7 | 0 | periodMillis is 1.0E-7; it must be at least a nanosecond",
        "1 | 1000 | -1 | burst is -1; it must be 0 or more",
        "1 | 1000 | | burst is null; it must be a number"
      })
  void refusesWhatIsImpossibleInClassesOfTheJdk(
      Double permits, Double periodMillis, Double burst, String message) {
    RateLimitConfig before = limiter.config();

    assertThatThrownBy(() -> beans.invoke("reconfigure", permits, periodMillis, burst))
        .isInstanceOf(MBeanException.class)
        .hasMessageStartingWith(message)
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .satisfies(OpenBeanTest::assertOnlyJdkClasses);

    assertThat(limiter.config()).isEqualTo(before);
  }

  @Test
  void refusesPausesThatAreNone() {
    assertThatThrownBy(() -> beans.invoke("pauseFor", -1L))
        .isInstanceOf(MBeanException.class)
        .hasMessage("millis is -1; it must be 0 or more")
        .satisfies(OpenBeanTest::assertOnlyJdkClasses);
    assertThatThrownBy(() -> beans.invoke("pauseFor", "5"))
        .isInstanceOf(MBeanException.class)
        .hasMessage("millis is '5'; it must be a number")
        .satisfies(OpenBeanTest::assertOnlyJdkClasses);
    assertThat(limiter.tryAcquire()).isTrue();
  }

  private static String signature(MBeanOperationInfo operation) {
    return Arrays.stream(operation.getSignature())
        .map(parameter -> parameter.getType() + " " + parameter.getName())
        .collect(Collectors.joining(", ", operation.getName() + "(", ")"));
  }

  @Test
  void changesTheModeByAParameterThatIsCalledName() throws Exception {
    for (String mode : new String[] {"observe", "OFF", "Enforce"}) {
      beans.invoke("mode", mode);
      assertThat(limiter.config().mode().name()).isEqualToIgnoringCase(mode);
      assertThat((String) beans.get("Mode")).isEqualToIgnoringCase(mode);
    }
  }

  @Test
  void refusesAModeThatThereIsNotInClassesOfTheJdk() {
    for (String mode : new String[] {"fast", ""}) {
      assertThatThrownBy(() -> beans.invoke("mode", mode))
          .isInstanceOf(MBeanException.class)
          .hasMessageContaining("'" + mode + "' is not a mode; there are enforce, observe and off")
          .satisfies(OpenBeanTest::assertOnlyJdkClasses);
    }
    assertThatThrownBy(() -> beans.invoke("mode", 1L))
        .isInstanceOf(MBeanException.class)
        .hasMessage("name is 1; it must be a text: enforce, observe or off");
    assertThat(limiter.config().mode()).isEqualTo(LimiterMode.ENFORCE);
  }
}
