package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
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
      import dev.tollgate.LimitKey;
      import dev.tollgate.RateLimited;
      import dev.tollgate.Weight;
      import java.lang.management.ManagementFactory;
      import java.net.ConnectException;
      import java.net.URI;
      import java.net.http.HttpClient;
      import java.net.http.HttpRequest;
      import java.net.http.HttpResponse;
      import java.util.concurrent.CompletableFuture;
      import javax.management.MBeanServer;
      import javax.management.ObjectName;

      class Watched {
        /** Those forms that change a method's frames, or take its arguments. */
        static class Forms {
          @RateLimited("count")
          static CompletableFuture<String> later(long first, String second) {
            return CompletableFuture.completedFuture(second + first);
          }

          @RateLimited("count")
          @RateLimited("github_api")
          static String joint(@LimitKey String key, @Weight int weight) {
            return key + weight;
          }

          @RateLimited(value = "none", timeout = "0", fallback = "instead")
          static String refused(double first, int second) {
            return "refused";
          }

          static String instead(double first, int second) {
            return "instead" + first + second;
          }
        }

        static void forms() throws Exception {
          String seen = Forms.later(1, "later").get() + Forms.joint("joint", 2);
          Forms.refused(3, 4);
          System.out.println(
              (seen + Forms.refused(3, 4)).equals("later1joint2instead3.04")
                  ? "right: forms" : "wrong: " + seen);
        }

        /** Woven by a rule, in a module of the JDK. */
        static void send() throws Exception {
          try {
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:1/")).build(),
                    HttpResponse.BodyHandlers.ofString());
          } catch (ConnectException e) {
            System.out.println("right: sent");
          }
        }

        public static void main(String[] args) throws Exception {
          MethodKinds.main(args);
          forms();
          send();
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

  private static final String SETTINGS =
      """
      tollgate {
        rules = [ { method = "java.net.http.HttpClient#send", limiter = count } ]
        limiters.count { permits = 1000000, period = 1h }
        limiters.none { permits = 1, period = 366d }
      }
      """;

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xverify:all",
        "-XX:+UnlockDiagnosticVMOptions -XX:+BytecodeVerificationRemote"
            + " -XX:+BytecodeVerificationLocal",
        "-XX:+DisableAttachMechanism",
        "-Xshare:off"
      })
  void runAsTheyDoWithoutTheAgent(String options) throws IOException {
    assertQuietAndRight(options);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--illegal-native-access=deny",
        "--sun-misc-unsafe-memory-access=deny",
        "-XX:-EnableDynamicAgentLoading"
      })
  void runAsTheyDoWithoutTheAgentWhereTheJvmForbidsMore(String options) throws IOException {
    assumeTrue(jdk.feature() >= 24, "these came with 21 to 24");
    assertQuietAndRight(options);
  }

  private void assertQuietAndRight(String options) throws IOException {
    Path settings = Files.writeString(folder.resolve("options.conf"), SETTINGS);
    JvmResult result =
        Jvm.on(jdk)
            .agent("config=" + settings)
            .option(options.split(" "))
            .program(program())
            .main("Watched")
            .run()
            .ok();

    assertThat(result.out())
        .as("%s", result)
        .hasSizeGreaterThan(40)
        .allMatch(line -> line.startsWith("right: "))
        .contains("right: forms", "right: sent")
        .endsWith("right: watched");
    assertThat(result.err()).as("%s", result).hasSize(1);
  }

  private static Path program() {
    return Programs.compile(
        Programs.source("Tally.java"), Programs.source("MethodKinds.java"), PROGRAM);
  }
}
