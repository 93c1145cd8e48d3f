package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** What the agent finds of a JVM's health, as seen from another JVM. */
@OnEachJdk
class HealthIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.health.CheckOptions;
      import dev.tollgate.health.Health;
      import dev.tollgate.health.HealthResult;
      import java.io.BufferedReader;
      import java.io.InputStreamReader;
      import java.time.Duration;
      import java.util.concurrent.CountDownLatch;

      class Watched {
        public static void main(String[] args) throws Exception {
          System.out.println("ready");
          BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
              case "hang" ->
                  Health.check("hangs", Watched::hang,
                      CheckOptions.DEFAULT.withTimeout(Duration.ofMillis(50)));
              case "own" -> Health.check("own", () -> HealthResult.degraded("by the program"));
              case "deadlock" -> deadlock();
              default -> throw new IllegalArgumentException(line);
            }
            System.out.println(line);
          }
        }

        static HealthResult hang() {
          while (true) {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              // Deaf.
            }
          }
        }

        static void deadlock() throws Exception {
          Object a = new Object();
          Object b = new Object();
          CountDownLatch both = new CountDownLatch(2);
          start("first", a, b, both);
          start("second", b, a, both);
          both.await();
        }

        static void start(String name, Object one, Object other, CountDownLatch both) {
          Thread thread = new Thread(() -> {
            synchronized (one) {
              both.countDown();
              try {
                both.await();
              } catch (InterruptedException e) {
                return;
              }
              synchronized (other) {
                System.out.println("never");
              }
            }
          }, name);
          thread.setDaemon(true);
          thread.start();
        }
      }
      """;

  /** Whatever memory the machine has left, and quickly. */
  private static final String QUICK =
      "health.interval=100ms,health.memory.degraded-free=0,health.memory.degraded-share=0%,"
          + "health.memory.critical-free=0,health.memory.critical-share=0%,"
          + "health.memory.ready-free=0";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Parameter Jdk jdk;

  @TempDir Path folder;

  @Test
  void aDiskThatFillsGoesThroughDegradedToUnhealthyAndBackWithOneNotificationEach()
      throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder);
        RunningJvm jvm = start(QUICK + ",health.disk.paths=" + disk.path());
        Jmx jmx = Jmx.of(jvm)) {
      List<String> changes = new CopyOnWriteArrayList<>();
      awaitStatus(jmx, "HEALTHY");
      jmx.connection()
          .addNotificationListener(
              health(),
              (notification, handback) -> {
                CompositeData change = (CompositeData) notification.getUserData();
                changes.add(
                    change.get("attribute")
                        + ": "
                        + change.get("oldValue")
                        + " to "
                        + change.get("newValue"));
              },
              null,
              null);

      disk.leave(15);
      awaitStatus(jmx, "DEGRADED");
      disk.leave(5);
      awaitStatus(jmx, "UNHEALTHY");
      assertThat(jmx.connection().getAttribute(health(), "Ready")).isEqualTo(true);
      disk.leave(90);
      awaitStatus(jmx, "HEALTHY");

      String[] expected = {
        "Status: HEALTHY to DEGRADED",
        "Status: DEGRADED to UNHEALTHY",
        "Status: UNHEALTHY to HEALTHY"
      };
      Deadline.in(PATIENCE).poll(() -> changes.size(), size -> size >= expected.length);
      assertThat(changes).containsExactly(expected);
      assertThat(jvm.health())
          .extracting(line -> line.replaceAll(": disk: .*", ""))
          .containsExactly(
              "status is DEGRADED, was HEALTHY",
              "status is UNHEALTHY, was DEGRADED",
              "status is HEALTHY, was UNHEALTHY");
    }
  }

  @Test
  void aCheckThatHangsLeavesLivenessAlone() throws Exception {
    try (RunningJvm jvm = start(QUICK);
        Jmx jmx = Jmx.of(jvm)) {
      jvm.ask("hang");
      jmx.await(health(), PATIENCE);
      CompositeData hanging =
          Deadline.in(PATIENCE)
              .poll(() -> check(jmx, "hangs"), row -> row != null && (Boolean) row.get("stale"));
      assertThat(hanging.get("stale")).isEqualTo(true);
      assertThat(hanging.get("status")).isEqualTo("DEGRADED");
      assertThat((String) hanging.get("detail")).startsWith("no answer after ");
      assertThat(jmx.connection().getAttribute(health(), "Live")).isEqualTo(true);
      assertThat(jmx.connection().getAttribute(health(), "Ready")).isEqualTo(true);
    }
  }

  @Test
  void aDeadlockIsNotLive() throws Exception {
    try (RunningJvm jvm = start(QUICK);
        Jmx jmx = Jmx.of(jvm)) {
      jmx.await(health(), PATIENCE);
      assertThat(jmx.connection().getAttribute(health(), "Live")).isEqualTo(true);
      jvm.ask("deadlock");
      Object live =
          Deadline.in(PATIENCE)
              .poll(() -> jmx.connection().getAttribute(health(), "Live"), Boolean.FALSE::equals);
      assertThat(live).isEqualTo(false);
      String[] why = (String[]) jmx.connection().getAttribute(health(), "LivenessIssues");
      assertThat(why).singleElement().asString().contains("deadlock", "first", "second");
    }
  }

  @Test
  void aCheckOfTheProgramsOwnCopyIsTheAgents() throws Exception {
    try (RunningJvm jvm = start(QUICK);
        Jmx jmx = Jmx.of(jvm)) {
      jvm.ask("own");
      jmx.await(health(), PATIENCE);
      jmx.connection().invoke(health(), "refresh", null, null);
      assertThat(check(jmx, "own").get("detail")).isEqualTo("by the program");
      assertThat(check(jmx, "weaving").get("status")).isEqualTo("HEALTHY");
    }
  }

  @Test
  void whatIsNotWatchedHasNoBeanAndRefusesNoCheck() throws Exception {
    try (RunningJvm jvm = start("health.enabled=false");
        Jmx jmx = Jmx.of(jvm)) {
      assertThat(jvm.ask("own")).isEqualTo("own");
      jmx.await(Jmx.limiter("github_api"), PATIENCE);
      assertThat(jmx.connection().isRegistered(health())).isFalse();
    }
  }

  private RunningJvm start(String arguments) {
    RunningJvm jvm =
        Jvm.on(jdk).agent(arguments).program(Programs.compile(PROGRAM)).main("Watched").start();
    assertThat(jvm.nextLine()).isEqualTo("ready");
    return jvm;
  }

  private static void awaitStatus(Jmx jmx, String status) throws Exception {
    jmx.await(health(), PATIENCE);
    Object found =
        Deadline.in(PATIENCE)
            .poll(() -> jmx.connection().getAttribute(health(), "Status"), status::equals);
    assertThat(found).as("%s", jmx.connection().getAttribute(health(), "Checks")).isEqualTo(status);
  }

  private static CompositeData check(Jmx jmx, String name) throws Exception {
    TabularData checks = (TabularData) jmx.connection().getAttribute(health(), "Checks");
    return checks.get(new Object[] {name});
  }

  private static ObjectName health() throws Exception {
    return new ObjectName("dev.tollgate:type=Health");
  }
}
