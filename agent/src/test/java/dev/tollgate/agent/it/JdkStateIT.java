package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A program that takes its time before it configures the JDK finds it as without the agent. */
@OnEachJdk
class JdkStateIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import java.lang.management.ManagementFactory;
      import java.util.TimeZone;
      import java.util.concurrent.ForkJoinPool;
      import java.util.logging.LogManager;
      import javax.management.*;

      public class Configuring {
        public static class Manager extends LogManager {}

        public static class Builder extends MBeanServerBuilder {
          static boolean made;

          @Override
          public MBeanServer newMBeanServer(
              String domain, MBeanServer outer, MBeanServerDelegate delegate) {
            made = true;
            return super.newMBeanServer(domain, outer, delegate);
          }
        }

        @RateLimited(value = "one", permits = 1, period = "1s", timeout = "10s")
        static void limited() {}

        public static void main(String[] args) throws Exception {
          if (args.length > 0) {
            limited();
            limited();
          }
          Thread.sleep(3_000);
          System.setProperty("user.timezone", "Asia/Tokyo");
          System.out.println("time zone " + TimeZone.getDefault().getID());
          System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "7");
          System.out.println("common pool " + ForkJoinPool.commonPool().getParallelism());
          System.setProperty("java.util.logging.manager", Manager.class.getName());
          System.out.println("log manager " + LogManager.getLogManager().getClass().getName());
          System.setProperty("javax.management.builder.initial", Builder.class.getName());
          MBeanServer server = ManagementFactory.getPlatformMBeanServer();
          System.out.println("own MBean server " + Builder.made);
          if (args.length > 0) {
            ObjectName agent = new ObjectName("dev.tollgate:type=Agent");
            long end = System.nanoTime() + 10_000_000_000L;
            while (!server.isRegistered(agent) && System.nanoTime() < end) {
              Thread.sleep(20);
            }
            System.out.println("bean " + server.isRegistered(agent));
          }
        }
      }
      """;

  /**
   * Initialised by the first who uses them, for all of the JVM, by settings of that moment. (Not
   * {@code Security}, which the JDK's management beans initialise before 24: what the program sets
   * there later still counts.)
   */
  private static final List<String> SINGLETONS =
      List.of(
          "java/util/TimeZone",
          "java/util/concurrent/ForkJoinPool",
          "java/util/logging/LogManager",
          "java/lang/System$LoggerFinder",
          "jdk/internal/logger/BootstrapLogger",
          "jdk/internal/logger/LazyLoggers",
          "javax/management/MBeanServerFactory",
          "java/net/InetAddress",
          "sun/net/InetAddressCachePolicy",
          "java/security/SecureRandom",
          "sun/security/jca/Providers",
          "java/util/ResourceBundle",
          "java/lang/ProcessHandleImpl");

  private static final String IDLE =
      """
      public class Idle {
        public static void main(String[] args) throws Exception {
          Thread.sleep(3_000);
          System.out.println("end");
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void isFixedByItsOwnSettings() {
    JvmResult result =
        Jvm.on(jdk)
            .agent("")
            .program(Programs.compile(PROGRAM))
            .main("Configuring", "limited")
            .run()
            .ok();

    assertThat(result.out())
        .containsExactly(
            "time zone Asia/Tokyo",
            "common pool 7",
            "log manager Configuring$Manager",
            "own MBean server true",
            "bean true");
  }

  @Test
  void noSingletonIsInitialisedByTheAgentsThreads() {
    List<String> without = initialised(Jvm.on(jdk));
    List<String> with = initialised(Jvm.on(jdk).agent(""));

    assertThat(with).contains("dev/tollgate/health/HealthRegistry").hasSizeGreaterThan(500);
    assertThat(with)
        .filteredOn(name -> !without.contains(name))
        .doesNotContainAnyElementsOf(SINGLETONS);
  }

  private List<String> initialised(Jvm jvm) {
    return jvm
        .option("-Xlog:class+init=info:stdout:none")
        .classPath(Programs.compile(IDLE))
        .main("Idle")
        .run()
        .ok()
        .out()
        .stream()
        .filter(line -> line.contains("Initializing '"))
        .map(line -> line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\'')))
        .toList();
  }
}
