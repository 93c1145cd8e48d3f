package dev.tollgate.jmx;

import static dev.tollgate.jmx.FixedHealth.check;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.health.CheckReport;
import dev.tollgate.health.HealthReport;
import dev.tollgate.health.HealthStatus;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceAlreadyExistsException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.Notification;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanInfo;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthBeanTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");

  private static final HealthReport SICK =
      new HealthReport(
          HealthStatus.UNHEALTHY,
          false,
          List.of("disk: 90 MB free", "memory: 80 MB free"),
          false,
          List.of("deadlock: a, b"),
          List.of(
              new CheckReport(
                  "disk",
                  HealthStatus.UNHEALTHY,
                  "90 MB of 80 GB free",
                  true,
                  Duration.ofNanos(1_250_500),
                  NOON,
                  false),
              new CheckReport(
                  "tools", HealthStatus.DEGRADED, "", false, Duration.ZERO, null, true)));

  private final FixedHealth health = new FixedHealth(SICK);
  private final Beans beans = new Beans(HealthBean.of(health));

  @Test
  void hasTheContractsAttributesAndNoOthers() throws Exception {
    Map<String, OpenType<?>> types = new LinkedHashMap<>();
    beans
        .attributes()
        .forEach((name, info) -> types.put(name, ((OpenMBeanAttributeInfo) info).getOpenType()));
    types.remove("Checks");
    assertThat(types.keySet())
        .containsExactly(
            "Status",
            "StatusCode",
            "Ready",
            "ReadinessIssues",
            "Live",
            "LivenessIssues",
            "Pid",
            "UptimeSeconds");
    assertThat(types.values())
        .extracting(OpenType::getClassName)
        .containsExactly(
            "java.lang.String",
            "java.lang.Integer",
            "java.lang.Boolean",
            "[Ljava.lang.String;",
            "java.lang.Boolean",
            "[Ljava.lang.String;",
            "java.lang.Long",
            "java.lang.Long");
    assertThat(beans.units()).isEqualTo(Map.of("UptimeSeconds", "s"));
  }

  @Test
  void isOpenAndDescribed() throws Exception {
    assertThat(beans.server().getMBeanInfo(beans.name())).isInstanceOf(OpenMBeanInfo.class);
    for (MBeanAttributeInfo info : beans.attributes().values()) {
      assertThat(info.getDescription()).as(info.getName()).isNotBlank();
      assertThat(info.getDescription()).as(info.getName()).isNotEqualTo(info.getName());
      assertThat(((OpenMBeanAttributeInfo) info).getOpenType().isValue(beans.get(info.getName())))
          .as("type of %s", info.getName())
          .isTrue();
    }
  }

  @Test
  void showsTheReportAsItIs() throws Exception {
    assertThat(beans.get("Status")).isEqualTo("UNHEALTHY");
    assertThat(beans.get("StatusCode")).isEqualTo(2);
    assertThat(beans.get("Ready")).isEqualTo(false);
    assertThat((String[]) beans.get("ReadinessIssues"))
        .containsExactly("disk: 90 MB free", "memory: 80 MB free");
    assertThat(beans.get("Live")).isEqualTo(false);
    assertThat((String[]) beans.get("LivenessIssues")).containsExactly("deadlock: a, b");

    health.become(FixedHealth.of(HealthStatus.HEALTHY));
    assertThat(beans.get("Status")).isEqualTo("HEALTHY");
    assertThat(beans.get("StatusCode")).isEqualTo(0);
    assertThat(beans.get("Ready")).isEqualTo(true);
    assertThat((String[]) beans.get("ReadinessIssues")).isEmpty();
    assertThat(beans.get("Live")).isEqualTo(true);
    assertThat((String[]) beans.get("LivenessIssues")).isEmpty();
    assertThat(((TabularData) beans.get("Checks")).isEmpty()).isTrue();
  }

  @Test
  void showsWhichProcessItIsAndSinceWhen() throws Exception {
    assertThat(beans.get("Pid")).isEqualTo(ProcessHandle.current().pid());
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    long before = runtime.getUptime() / 1_000;
    Long uptime = (Long) beans.get("UptimeSeconds");
    assertThat(uptime).isBetween(before, runtime.getUptime() / 1_000);
  }

  @Test
  void itsTableIsFlatTypedAndIndexedByName() throws Exception {
    TabularType type =
        (TabularType) ((OpenMBeanAttributeInfo) beans.attributes().get("Checks")).getOpenType();
    assertThat(type.getIndexNames()).containsExactly("name");
    Map<String, OpenType<?>> columns = new LinkedHashMap<>();
    for (String column : type.getRowType().keySet()) {
      columns.put(column, type.getRowType().getType(column));
      assertThat(type.getRowType().getDescription(column)).as(column).isNotBlank();
    }
    assertThat(columns)
        .isEqualTo(
            Map.of(
                "name", SimpleType.STRING,
                "status", SimpleType.STRING,
                "statusCode", SimpleType.INTEGER,
                "detail", SimpleType.STRING,
                "critical", SimpleType.BOOLEAN,
                "durationMillis", SimpleType.DOUBLE,
                "lastChecked", SimpleType.DATE,
                "stale", SimpleType.BOOLEAN));
  }

  @Test
  void showsEachCheckInARow() throws Exception {
    TabularData table = (TabularData) beans.get("Checks");
    assertThat(table.size()).isEqualTo(2);
    CompositeData disk = table.get(new Object[] {"disk"});
    assertThat(disk.get("name")).isEqualTo("disk");
    assertThat(disk.get("status")).isEqualTo("UNHEALTHY");
    assertThat(disk.get("statusCode")).isEqualTo(2);
    assertThat(disk.get("detail")).isEqualTo("90 MB of 80 GB free");
    assertThat(disk.get("critical")).isEqualTo(true);
    assertThat(disk.get("durationMillis")).isEqualTo(1.2505);
    assertThat(disk.get("lastChecked")).isEqualTo(Date.from(NOON));
    assertThat(disk.get("stale")).isEqualTo(false);
    CompositeData tools = table.get(new Object[] {"tools"});
    assertThat(tools.get("statusCode")).isEqualTo(1);
    assertThat(tools.get("critical")).isEqualTo(false);
    assertThat(tools.get("lastChecked")).isNull();
    assertThat(tools.get("stale")).isEqualTo(true);
  }

  @Test
  void refreshesOnRequestAndDoesNothingElse() throws Exception {
    MBeanOperationInfo[] operations = beans.server().getMBeanInfo(beans.name()).getOperations();
    assertThat(operations).extracting(MBeanOperationInfo::getName).containsExactly("refresh");
    assertThat(operations[0].getImpact()).isEqualTo(MBeanOperationInfo.ACTION);
    assertThat(operations[0].getSignature()).isEmpty();
    assertThat(beans.invoke("refresh")).isNull();
    assertThat(health.refreshes).isEqualTo(1);
  }

  @Test
  void saysWhatItNotifiesOf() throws Exception {
    MBeanNotificationInfo[] infos = beans.server().getMBeanInfo(beans.name()).getNotifications();
    assertThat(Arrays.stream(infos).flatMap(info -> Arrays.stream(info.getNotifTypes())))
        .containsExactly(
            "dev.tollgate.health.status",
            "dev.tollgate.health.readiness",
            "dev.tollgate.health.liveness");
    assertThat(infos).allSatisfy(info -> assertThat(info.getDescription()).isNotBlank());
    assertThat(infos)
        .extracting(MBeanNotificationInfo::getName)
        .containsOnly("javax.management.Notification");
  }

  @Test
  void notifiesWhoeverSubscribedOnceOfEachChange() throws Exception {
    BlockingQueue<Notification> received = beans.subscribe();
    health.become(
        FixedHealth.of(HealthStatus.DEGRADED, check("disk", HealthStatus.DEGRADED, "4 GB free")));
    assertThat(next(received).getMessage()).isEqualTo("DEGRADED: disk: 4 GB free");
    assertThat(next(received).getMessage()).isEqualTo("ready");
    assertThat(next(received).getMessage()).isEqualTo("live");
    health.become(SICK);
    assertThat(next(received).getMessage()).isEqualTo("UNHEALTHY: disk: 90 MB of 80 GB free");
  }

  @Test
  void notifiesNobodyOnceItIsGone() throws Exception {
    beans.server().unregisterMBean(beans.name());
    assertThat(sendersStartedBy(() -> health.become(FixedHealth.of(HealthStatus.HEALTHY))))
        .isEmpty();
  }

  @Test
  void notifiesNobodyWhereItCouldNotBeRegistered() {
    FixedHealth another = new FixedHealth(SICK);
    OpenBean second = HealthBean.of(another);
    assertThatThrownBy(() -> beans.server().registerMBean(second, beans.name()))
        .isInstanceOf(InstanceAlreadyExistsException.class);
    assertThat(sendersStartedBy(() -> another.become(FixedHealth.of(HealthStatus.HEALTHY))))
        .isEmpty();
    assertThat(sendersStartedBy(() -> health.become(FixedHealth.of(HealthStatus.HEALTHY))))
        .hasSize(1);
  }

  @Test
  void travelsWithoutClassesOfOurs() throws Exception {
    BlockingQueue<Notification> received = beans.subscribe();
    health.become(FixedHealth.of(HealthStatus.HEALTHY));
    MBeanInfo info = beans.server().getMBeanInfo(beans.name());
    assertThat(Wire.classesOf(info)).allSatisfy(HealthBeanTest::isOfTheJdk);
    health.become(SICK);
    for (String attribute : beans.attributes().keySet()) {
      assertThat(Wire.classesOf(beans.get(attribute))).allSatisfy(HealthBeanTest::isOfTheJdk);
    }
    for (int i = 0; i < 6; i++) {
      assertThat(Wire.classesOf(next(received)))
          .contains("javax.management.openmbean.CompositeDataSupport")
          .allSatisfy(HealthBeanTest::isOfTheJdk);
    }
  }

  /** The thread is there before a change has returned, and for seconds. */
  private static Set<Thread> sendersStartedBy(Runnable change) {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    change.run();
    Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
    started.removeAll(before);
    started.removeIf(thread -> !thread.getName().equals("tollgate-notifications"));
    return started;
  }

  private static void isOfTheJdk(String className) {
    assertThat(className).matches("(\\[+L?)?(java\\.|javax\\.management\\.).*");
  }

  private static Notification next(BlockingQueue<Notification> received) throws Exception {
    Notification notification = received.poll(20, TimeUnit.SECONDS);
    assertThat(notification).isNotNull();
    return notification;
  }
}
