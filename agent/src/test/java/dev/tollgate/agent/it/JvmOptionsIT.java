package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * JVMs that are started with options that forbid something, or look more closely. Each runs until
 * health has been watched and the beans are there, so that all of the agent has been at work.
 */
@OnEachJdk
class JvmOptionsIT {
  private static final String PROGRAM =
      """
      import java.lang.management.ManagementFactory;
      import javax.management.MBeanServer;
      import javax.management.ObjectName;

      class Watched {
        public static void main(String[] args) throws Exception {
          MethodKinds.main(args);
          MBeanServer server = ManagementFactory.getPlatformMBeanServer();
          ObjectName health = new ObjectName("dev.tollgate:type=Health");
          while (!server.isRegistered(health)) {
            Thread.sleep(20);
          }
          while (!server.getAttribute(health, "Checks").toString().contains("memory")) {
            Thread.sleep(20);
          }
          System.out.println("right: watched");
        }
      }
      """;

  @Parameter Jdk jdk;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xverify:all",
        "-XX:+UnlockDiagnosticVMOptions -XX:+BytecodeVerificationRemote"
            + " -XX:+BytecodeVerificationLocal",
        "-XX:+DisableAttachMechanism",
        "-Xshare:off"
      })
  void runAsTheyDoWithoutTheAgent(String options) {
    assertQuietAndRight(options);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--illegal-native-access=deny",
        "--sun-misc-unsafe-memory-access=deny",
        "-XX:-EnableDynamicAgentLoading"
      })
  void runAsTheyDoWithoutTheAgentWhereTheJvmForbidsMore(String options) {
    assumeTrue(jdk.feature() >= 24, "these came with 21 to 24");
    assertQuietAndRight(options);
  }

  private void assertQuietAndRight(String options) {
    JvmResult result =
        Jvm.on(jdk)
            .agent("")
            .option(options.split(" "))
            .program(program())
            .main("Watched")
            .run()
            .ok();

    assertThat(result.out())
        .as("%s", result)
        .hasSizeGreaterThan(40)
        .allMatch(line -> line.startsWith("right: "))
        .endsWith("right: watched");
    assertThat(result.err()).as("%s", result).hasSize(1);
  }

  private static Path program() {
    return Programs.compile(
        Programs.source("Tally.java"), Programs.source("MethodKinds.java"), PROGRAM);
  }
}
