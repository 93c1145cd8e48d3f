package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** {@code -javaagent} given twice. */
@OnEachJdk
class TwoAgentsIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;

      class Twice {
        @RateLimited("github_api")
        static void method() {}

        public static void main(String[] args) {
          method();
          System.out.println(RateLimiters.get("github_api").stats().admittedRequests() + " admitted of "
              + RateLimiters.get("github_api").config().permits());
        }
      }
      """;

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void theSecondSaysSoInALineAndTheFirstLimits() throws IOException {
    Path copy = Files.copy(Artifacts.AGENT, folder.resolve("copy.jar"));
    for (Path second : new Path[] {Artifacts.AGENT, copy}) {
      JvmResult result =
          Jvm.on(jdk)
              .agent("limiters.github_api.permits=11")
              .agent(second, "limiters.github_api.permits=12")
              .program(Programs.compile(PROGRAM))
              .main("Twice")
              .run()
              .ok();

      assertThat(result.out()).as("%s", result).containsExactly("1 admitted of 11");
      assertThat(result.err())
          .as("%s", result)
          .hasSize(2)
          .allMatch(line -> line.startsWith("tollgate: "))
          .last()
          .asString()
          .contains("already");
    }
  }
}
