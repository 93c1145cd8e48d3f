package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that bring a log manager of their own get it. */
@OnEachJdk
class LogManagerIT {
  private static final String PROGRAM =
      """
      import java.lang.management.ManagementFactory;
      import java.util.logging.LogManager;
      import javax.management.MBeanServer;
      import javax.management.MBeanServerFactory;
      import javax.management.ObjectName;

      class Logging {
        public static void main(String[] args) throws Exception {
          if (args[0].equals("set")) {
            System.setProperty("java.util.logging.manager", "OwnManager");
          }
          if (args[1].equals("later")) {
            await(2_500, () -> !MBeanServerFactory.findMBeanServer(null).isEmpty());
          }
          System.out.println(LogManager.getLogManager().getClass().getName());
          ObjectName agent = new ObjectName("dev.tollgate:type=Agent");
          MBeanServer server = ManagementFactory.getPlatformMBeanServer();
          System.out.println("beans: " + await(10_000, () -> server.isRegistered(agent)));
        }

        static boolean await(int millis, java.util.function.BooleanSupplier condition)
            throws InterruptedException {
          long end = System.nanoTime() + millis * 1_000_000L;
          while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(20);
          }
          return condition.getAsBoolean();
        }
      }
      """;
  private static final String OWN_MANAGER =
      "public class OwnManager extends java.util.logging.LogManager {}";

  @Parameter Jdk jdk;

  @ParameterizedTest
  @ValueSource(strings = {"now", "later"})
  void setFirstInMain(String when) {
    assertThat(run("set", when).out()).containsExactly("OwnManager", "beans: true");
  }

  @Test
  void givenOnTheCommandLineAndUsedLater() {
    assertThat(run("given", "later", "-Djava.util.logging.manager=OwnManager").out())
        .containsExactly("OwnManager", "beans: true");
  }

  @Test
  void noneOfTheirOwn() {
    assertThat(run("none", "now").out())
        .containsExactly("java.util.logging.LogManager", "beans: true");
  }

  private JvmResult run(String how, String when, String... options) {
    return Jvm.on(jdk)
        .agent("")
        .option(options)
        .classPath(Programs.compile(PROGRAM, OWN_MANAGER))
        .main("Logging", how, when)
        .run()
        .ok();
  }
}
