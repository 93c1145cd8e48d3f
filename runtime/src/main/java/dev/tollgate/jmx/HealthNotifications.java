package dev.tollgate.jmx;

import dev.tollgate.health.HealthListener;
import dev.tollgate.health.HealthReport;
import java.util.List;
import java.util.function.Consumer;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.openmbean.SimpleType;

/** Announces each change of status, readiness and liveness, numbered in the order of changes. */
final class HealthNotifications implements HealthListener {
  private static final List<WatchedAttribute<?>> WATCHED =
      List.of(
          new WatchedAttribute<>(
              "dev.tollgate.health.status",
              "The status changed; the message names the checks that make it what it is",
              "Status",
              SimpleType.STRING,
              report -> report.status().name(),
              report -> because(report.status().name(), report.statusIssues())),
          new WatchedAttribute<>(
              "dev.tollgate.health.readiness",
              "The process became ready, or isn't any longer; the message says why not",
              "Ready",
              SimpleType.BOOLEAN,
              HealthReport::ready,
              report -> report.ready() ? "ready" : because("not ready", report.readinessIssues())),
          new WatchedAttribute<>(
              "dev.tollgate.health.liveness",
              "The process became live, or isn't any longer; the message says why not",
              "Live",
              SimpleType.BOOLEAN,
              HealthReport::live,
              report -> report.live() ? "live" : because("not live", report.livenessIssues())));

  private final Consumer<Notification> sender;
  private long sent;

  HealthNotifications(Consumer<Notification> sender) {
    this.sender = sender;
  }

  static MBeanNotificationInfo[] infos() {
    return WATCHED.stream().map(WatchedAttribute::info).toArray(MBeanNotificationInfo[]::new);
  }

  /** One at a time, so that the numbers are in the order of sending. */
  @Override
  public synchronized void changed(HealthReport before, HealthReport after) {
    for (WatchedAttribute<?> attribute : WATCHED) {
      Notification notification = attribute.between(before, after, sent + 1);
      if (notification != null) {
        sent++;
        sender.accept(notification);
      }
    }
  }

  private static String because(String what, List<String> reasons) {
    return reasons.isEmpty() ? what : what + ": " + String.join("; ", reasons);
  }
}
