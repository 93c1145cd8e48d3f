package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/**
 * What a JVM writes because of the agent, its own warnings too, from the start until beans and
 * health are there and the program ends.
 */
@OnEachJdk
class QuietIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;
      import java.lang.management.ManagementFactory;
      import java.util.concurrent.RejectedExecutionException;
      import javax.management.MBeanServer;
      import javax.management.ObjectName;

      class Quiet {
        @RateLimited(value = "one", timeout = "0")
        static class Type {
          public void call() {}
        }

        @RateLimited("github_api")
        static void method() {}

        public static void main(String[] args) throws Exception {
          method();
          new Type().call();
          try {
            new Type().call();
          } catch (RejectedExecutionException e) {
            RateLimiters.stats();
          }
          MBeanServer server = ManagementFactory.getPlatformMBeanServer();
          for (String name : new String[] {"type=Agent", "type=Health", "type=RateLimiter,name=one"}) {
            while (!server.isRegistered(new ObjectName("dev.tollgate:" + name))) {
              Thread.sleep(20);
            }
          }
          System.out.println("program's own");
          System.err.println("program's own");
        }
      }
      """;

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void oneLineAtTheStartNamesVersionLimitersAndSource() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("quiet.conf"), "tollgate.limiters.one { permits = 1, period = 1h }");
    List<String> err = said("config=" + file);

    assertThat(err).hasSize(2);
    assertThat(err.get(0)).matches("tollgate: [0-9]\\S*, 6 limiters, configuration: .*quiet.conf");
  }

  @Test
  void nothingWhereItIsToBeQuiet() {
    assertThat(said("quiet=true,limiters.one.permits=1,limiters.one.period=1h")).hasSize(1);
  }

  /** Changes of health are said where they happen, and not where it is to be quiet. */
  private List<String> said(String arguments) {
    try (RunningJvm jvm =
        Jvm.on(jdk).agent(arguments).program(Programs.compile(PROGRAM)).main("Quiet").start()) {
      JvmResult result = jvm.end().ok();
      assertThat(result.out()).as("%s", result).containsExactly("program's own");
      assertThat(result.err()).as("%s", result).endsWith("program's own");
      if (arguments.startsWith("quiet")) {
        assertThat(jvm.health()).isEmpty();
      }
      return result.err();
    }
  }
}
