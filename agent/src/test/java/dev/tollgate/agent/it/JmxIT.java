package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ObjectName;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanParameterInfo;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** The beans, as JConsole and exporters see them: from another JVM. */
@OnEachJdk
class JmxIT {
  private static final String PROGRAM =
"""
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimitConfig;
      import dev.tollgate.limiter.RateLimiters;
      import java.io.BufferedReader;
      import java.io.InputStreamReader;
      import java.time.Duration;
import java.util.Arrays;

      class Watched {
        @RateLimited(value = "watched", timeout = "0")
        static String method() {
          return "passed";
        }

        public static void main(String[] args) throws Exception {
          System.out.println("ready");
          BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            try {
              if (line.equals("call")) {
                System.out.println(method());
              } else {
                RateLimiters.register(line, RateLimitConfig.of(7, Duration.ofSeconds(2)));
                System.out.println("defined");
              }
            } catch (RuntimeException e) {
              System.out.println(e.getClass().getSimpleName());
            }
          }
        }
      }
""";

  private static final String WATCHED =
      "limiters.watched.permits=3,limiters.watched.period=1h,limiters.watched.burst=1";
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration AFTER_START = Duration.ofSeconds(10);

  @Parameter Jdk jdk;

  @Test
  void aLimitersBeanTellsWhatItAllowsAndWhatItDid() throws Exception {
    try (RunningJvm jvm = start(WATCHED);
        Jmx jmx = Jmx.of(jvm)) {
      ObjectName bean = Jmx.limiter("watched");
      jmx.await(bean, AFTER_START);
      for (int i = 0; i < 4; i++) {
        assertThat(jvm.ask("call")).isEqualTo("passed");
      }
      assertThat(jvm.ask("call")).isEqualTo("RateLimitExceededException");

      Map<String, Object> values = values(jmx, bean);
      assertThat(values)
          .containsOnlyKeys(
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
              "RetryAfterMillis")
          .containsEntry("Permits", 3L)
          .containsEntry("Burst", 1L)
          .containsEntry("Capacity", 4L)
          .containsEntry("AvailablePermits", 0L)
          .containsEntry("TotalRequests", 5L)
          .containsEntry("AdmittedRequests", 4L)
          .containsEntry("RejectedRequests", 1L)
          .containsEntry("RejectionRate", 0.2);
      assertThat(((Number) values.get("PeriodMillis")).longValue()).isEqualTo(3_600_000);
      assertThat(((Number) values.get("Waiting")).longValue()).isZero();
      assertThat(((Number) values.get("RetryAfterMillis")).longValue())
          .isBetween(1_000_000L, 1_200_000L);
      assertThat(String.valueOf(values.get("Mode"))).isEqualToIgnoringCase("enforce");
    }
  }

  @Test
  void everythingIsOpenDescribedAndInUnits() throws Exception {
    try (RunningJvm jvm = start(WATCHED + ",jmx.operations=true");
        Jmx jmx = Jmx.of(jvm)) {
      jmx.await(Jmx.limiter("watched"), AFTER_START);
      Set<String> unitless = Set.of("Mode", "RejectionRate");
      for (ObjectName name : List.of(Jmx.limiter("watched"), Jmx.agent())) {
        MBeanInfo info = jmx.connection().getMBeanInfo(name);
        assertThat(info.getDescription()).isNotBlank().isNotEqualTo(info.getClassName());
        for (MBeanAttributeInfo attribute : info.getAttributes()) {
          String what = attribute.getName();
          assertThat(attribute.getDescription())
              .as(what)
              .contains(" ")
              .isNotEqualToIgnoringCase(what);
          OpenType<?> type = openType(attribute);
          assertThat(type).as(what).isNotNull();
          Object value = jmx.connection().getAttribute(name, what);
          assertThat(type.isValue(value)).as("%s: %s", what, value).isTrue();
          boolean isNumber = value instanceof Number;
          if (isNumber && !unitless.contains(what)) {
            assertThat(attribute.getDescriptor().getFieldValue("units"))
                .as(what)
                .asString()
                .isNotBlank();
          }
          if (type instanceof TabularType table) {
            assertThat(table.getRowType().keySet())
                .as("a flat table")
                .allMatch(column -> table.getRowType().getType(column) instanceof SimpleType);
          }
        }
        for (MBeanOperationInfo operation : info.getOperations()) {
          assertThat(operation.getDescription()).contains(" ");
          for (MBeanParameterInfo parameter : operation.getSignature()) {
            assertThat(parameter.getName()).doesNotMatch("(p|arg)[0-9]+").isNotBlank();
            assertThat(parameter.getDescription()).isNotBlank();
            assertThat(parameter instanceof OpenMBeanParameterInfo).isTrue();
          }
        }
      }
    }
  }

  @Test
  void theAgentsBeanTellsWhatIsWoven() throws Exception {
    try (RunningJvm jvm = start(WATCHED);
        Jmx jmx = Jmx.of(jvm)) {
      jmx.await(Jmx.agent(), AFTER_START);
      Map<String, Object> values = values(jmx, Jmx.agent());

      assertThat(values)
          .containsOnlyKeys(
              "Version", "ConfigSource", "ReloadFailure", "Woven", "Missed", "WeaveMillis");
      assertThat((String) values.get("Version")).matches("[0-9].*");
      assertThat((String) values.get("ConfigSource")).isNotBlank();
      assertThat(values.get("ReloadFailure")).isEqualTo("");
      assertThat((Double) values.get("WeaveMillis")).isPositive();
      assertThat(jmx.table("Missed")).isEmpty();
      assertThat(jmx.table("Woven"))
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row).containsOnlyKeys("class", "method", "loader", "limiter", "note");
                assertThat(row)
                    .containsEntry("class", "Watched")
                    .containsEntry("limiter", "watched");
                assertThat(row.get("method")).contains("method");
                assertThat(row.get("loader")).isNotBlank();
              });
      assertThat(jmx.connection().getMBeanInfo(Jmx.agent()).getOperations())
          .as("which wants a key")
          .extracting(MBeanOperationInfo::getName)
          .containsExactly("detach");
    }
  }

  @Test
  void beansAreThereBeforeTheFirstCallAndSoonAfterADefinition() throws Exception {
    try (RunningJvm jvm = start("");
        Jmx jmx = Jmx.of(jvm)) {
      for (String preset :
          List.of("mcp_tools", "github_api", "web_research", "skill_operations", "filesystem")) {
        jmx.await(Jmx.limiter(preset), AFTER_START);
      }
      assertThat(jvm.ask("later-on")).isEqualTo("defined");
      jmx.await(Jmx.limiter("later-on"), SOON);
      assertThat(jmx.connection().getAttribute(Jmx.limiter("later-on"), "Permits")).isEqualTo(7L);
    }
  }

  @Test
  void nothingCanBeChangedUnlessTheConfigurationSaysSo() throws Exception {
    try (RunningJvm jvm = start(WATCHED);
        Jmx jmx = Jmx.of(jvm)) {
      jmx.await(Jmx.limiter("watched"), AFTER_START);
      MBeanInfo info = jmx.connection().getMBeanInfo(Jmx.limiter("watched"));

      assertThat(info.getOperations()).isEmpty();
      assertThat(info.getAttributes()).noneMatch(MBeanAttributeInfo::isWritable);
    }
  }

  @Test
  void theModeCanBeChangedWhereTheConfigurationSaysSo() throws Exception {
    try (RunningJvm jvm = start(WATCHED + ",jmx.operations=true");
        Jmx jmx = Jmx.of(jvm)) {
      ObjectName watched = Jmx.limiter("watched");
      jmx.await(watched, AFTER_START);
      for (int i = 0; i < 4; i++) {
        jvm.ask("call");
      }
      assertThat(jvm.ask("call")).isEqualTo("RateLimitExceededException");

      mode(jmx, "observe");
      assertThat(jvm.ask("call")).isEqualTo("passed");
      assertThat(jmx.connection().getAttribute(watched, "Mode"))
          .asString()
          .isEqualToIgnoringCase("observe");
      mode(jmx, "enforce");
      assertThat(jvm.ask("call")).isEqualTo("RateLimitExceededException");
      assertThatThrownBy(() -> mode(jmx, "enforced"))
          .isInstanceOf(MBeanException.class)
          .hasMessageContaining("enforced");
    }
  }

  @Test
  void limitsCanBeChangedAndPausedWhereTheConfigurationSaysSo() throws Exception {
    try (RunningJvm jvm = start(WATCHED + ",jmx.operations=true");
        Jmx jmx = Jmx.of(jvm)) {
      ObjectName watched = Jmx.limiter("watched");
      jmx.await(watched, AFTER_START);

      invoke(jmx, "reconfigure", 2L, 3_600_000.0, 0L);
      assertThat(values(jmx, watched))
          .containsEntry("Permits", 2L)
          .containsEntry("Burst", 0L)
          .containsEntry("Capacity", 2L)
          .containsEntry("AvailablePermits", 2L);
      assertThat(jvm.ask("call")).isEqualTo("passed");
      assertThatThrownBy(() -> invoke(jmx, "reconfigure", 0L, 1.0, 0L))
          .isInstanceOf(MBeanException.class)
          .hasMessageContaining("permits is 0; it must be at least 1");

      invoke(jmx, "pauseFor", 7_200_000L);
      assertThat(jvm.ask("call")).isEqualTo("RateLimitExceededException");
      assertThat((Long) jmx.connection().getAttribute(watched, "RetryAfterMillis"))
          .as("the pause, then half an hour for a token")
          .isBetween(8_000_000L, 9_000_000L);

      invoke(jmx, "resume");
      assertThat((Long) jmx.connection().getAttribute(watched, "RetryAfterMillis"))
          .as("half an hour for a token")
          .isBetween(1_700_000L, 1_800_000L);
    }
  }

  @Test
  void thereAreNoneWhereTheConfigurationSaysSo() throws Exception {
    try (RunningJvm jvm = start("jmx.enabled=false");
        Jmx jmx = Jmx.of(jvm)) {
      Set<ObjectName> beans =
          Deadline.in(SOON)
              .poll(
                  () -> jmx.connection().queryNames(new ObjectName("dev.tollgate:*"), null),
                  names -> !names.isEmpty());
      assertThat(beans).isEmpty();
    }
  }

  private RunningJvm start(String arguments) {
    RunningJvm jvm =
        Jvm.on(jdk).agent(arguments).program(Programs.compile(PROGRAM)).main("Watched").start();
    assertThat(jvm.nextLine()).isEqualTo("ready");
    return jvm;
  }

  private static void mode(Jmx jmx, String mode) throws Exception {
    invoke(jmx, "mode", mode);
  }

  private static void invoke(Jmx jmx, String operation, Object... arguments) throws Exception {
    String[] signature =
        Arrays.stream(arguments)
            .map(argument -> argument.getClass().getName())
            .toArray(String[]::new);
    jmx.connection().invoke(Jmx.limiter("watched"), operation, arguments, signature);
  }

  private static Map<String, Object> values(Jmx jmx, ObjectName name) throws Exception {
    Map<String, Object> values = new TreeMap<>();
    for (MBeanAttributeInfo attribute : jmx.connection().getMBeanInfo(name).getAttributes()) {
      values.put(attribute.getName(), jmx.connection().getAttribute(name, attribute.getName()));
    }
    return values;
  }

  private static OpenType<?> openType(MBeanAttributeInfo attribute) {
    return attribute instanceof OpenMBeanAttributeInfo open
        ? open.getOpenType()
        : (OpenType<?>) attribute.getDescriptor().getFieldValue("openType");
  }
}
