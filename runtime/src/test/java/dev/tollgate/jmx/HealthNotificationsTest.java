package dev.tollgate.jmx;

import static dev.tollgate.jmx.FixedHealth.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.health.CheckReport;
import dev.tollgate.health.HealthReport;
import dev.tollgate.health.HealthStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.management.JMX;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeType;
import org.junit.jupiter.api.Test;

class HealthNotificationsTest {
  private static final String STATUS = "dev.tollgate.health.status";
  private static final String READINESS = "dev.tollgate.health.readiness";
  private static final String LIVENESS = "dev.tollgate.health.liveness";

  private static final HealthReport WELL = report(HealthStatus.HEALTHY, List.of(), List.of());

  private final List<Notification> sent = new ArrayList<>();
  private final HealthNotifications notifications = new HealthNotifications(sent::add);

  @Test
  void announcesAChangeOfStatusOnce() {
    notifications.changed(WELL, report(HealthStatus.DEGRADED, List.of(), List.of()));
    assertThat(types()).containsExactly(STATUS);
    assertChange(0, "Status", "HEALTHY", "DEGRADED");
  }

  @Test
  void announcesAChangeOfReadinessOnce() {
    notifications.changed(WELL, report(HealthStatus.HEALTHY, List.of("disk"), List.of()));
    assertThat(types()).containsExactly(READINESS);
    assertChange(0, "Ready", true, false);
  }

  @Test
  void announcesAChangeOfLivenessOnce() {
    notifications.changed(WELL, report(HealthStatus.HEALTHY, List.of(), List.of("deadlock")));
    assertThat(types()).containsExactly(LIVENESS);
    assertChange(0, "Live", true, false);
  }

  @Test
  void announcesWhatChangesAtOnceOneByOne() {
    HealthReport sick = report(HealthStatus.UNHEALTHY, List.of("disk"), List.of("deadlock"));
    notifications.changed(WELL, sick);
    assertThat(types()).containsExactly(STATUS, READINESS, LIVENESS);
    sent.clear();
    notifications.changed(sick, WELL);
    assertThat(types()).containsExactly(STATUS, READINESS, LIVENESS);
    assertChange(0, "Status", "UNHEALTHY", "HEALTHY");
    assertChange(1, "Ready", false, true);
    assertChange(2, "Live", false, true);
  }

  @Test
  void announcesNothingElse() {
    HealthReport one =
        report(
            HealthStatus.DEGRADED,
            List.of("disk"),
            List.of("a"),
            check("disk", HealthStatus.DEGRADED, "4 GB free"));
    HealthReport other =
        report(
            HealthStatus.DEGRADED,
            List.of("memory"),
            List.of("b"),
            check("memory", HealthStatus.DEGRADED, "1 GB free"));
    notifications.changed(one, other);
    notifications.changed(other, other);
    assertThat(sent).isEmpty();
  }

  @Test
  void numbersThemWithoutGaps() {
    HealthReport sick = report(HealthStatus.UNHEALTHY, List.of("disk"), List.of());
    notifications.changed(WELL, sick);
    notifications.changed(sick, sick);
    notifications.changed(sick, WELL);
    assertThat(sent).extracting(Notification::getSequenceNumber).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void saysWhyInALine() {
    HealthReport degraded =
        report(
            HealthStatus.DEGRADED,
            List.of(),
            List.of(),
            check("cache", HealthStatus.HEALTHY, "fine"),
            check("disk", HealthStatus.DEGRADED, "4 GB of 80 GB\nfree"),
            check("tools", HealthStatus.DEGRADED, ""));
    HealthReport unhealthy =
        report(
            HealthStatus.UNHEALTHY,
            List.of("memory: 80 MB\r\n free", "disk"),
            List.of("deadlock: a, b"),
            check("disk", HealthStatus.DEGRADED, "4 GB free"),
            check("memory", HealthStatus.UNHEALTHY, "80 MB free"));
    notifications.changed(WELL, degraded);
    notifications.changed(degraded, unhealthy);
    notifications.changed(unhealthy, WELL);
    assertThat(sent)
        .extracting(Notification::getMessage)
        .containsExactly(
            "DEGRADED: disk: 4 GB of 80 GB free; tools",
            "UNHEALTHY: memory: 80 MB free",
            "not ready: memory: 80 MB  free; disk",
            "not live: deadlock: a, b",
            "HEALTHY",
            "ready",
            "live");
  }

  @Test
  void comesFromTheHealthBeanAndCarriesWhatItsDescriptionSays() {
    notifications.changed(WELL, report(HealthStatus.UNHEALTHY, List.of("a"), List.of("b")));
    MBeanNotificationInfo[] infos = HealthNotifications.infos();
    for (int i = 0; i < infos.length; i++) {
      Notification notification = sent.get(i);
      assertThat(notification.getSource()).hasToString("dev.tollgate:type=Health");
      assertThat(infos[i].getNotifTypes()).containsExactly(notification.getType());
      CompositeType type =
          (CompositeType) infos[i].getDescriptor().getFieldValue(JMX.OPEN_TYPE_FIELD);
      assertThat(type.isValue(notification.getUserData())).isTrue();
      assertThat(type.keySet()).isEqualTo(Set.of("attribute", "oldValue", "newValue"));
    }
  }

  private List<String> types() {
    return sent.stream().map(Notification::getType).toList();
  }

  private void assertChange(int index, String attribute, Object oldValue, Object newValue) {
    CompositeData change = (CompositeData) sent.get(index).getUserData();
    assertThat(change.get("attribute")).isEqualTo(attribute);
    assertThat(change.get("oldValue")).isEqualTo(oldValue);
    assertThat(change.get("newValue")).isEqualTo(newValue);
  }

  private static HealthReport report(
      HealthStatus status,
      List<String> readinessIssues,
      List<String> livenessIssues,
      CheckReport... checks) {
    return new HealthReport(
        status,
        readinessIssues.isEmpty(),
        readinessIssues,
        livenessIssues.isEmpty(),
        livenessIssues,
        List.of(checks));
  }
}
