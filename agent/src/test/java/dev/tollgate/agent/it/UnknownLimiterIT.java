package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Limiters that nobody has defined, or not yet. */
@OnEachJdk
class UnknownLimiterIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimitConfig;
      import dev.tollgate.limiter.RateLimiters;
      import java.time.Duration;

      class Unknown {
        @RateLimited(value = "later", timeout = "0")
        static String method() {
          return "passed";
        }

        @RateLimited(value = "later", timeout = "0")
        static class Type {
          public String method() {
            return "passed";
          }
        }

        @RateLimited(value = "not a name")
        static String impossible() {
          return "passed";
        }

        static void print(java.util.function.Supplier<String> call) {
          try {
            System.out.println(call.get());
          } catch (RuntimeException e) {
            System.out.println(e.getClass().getSimpleName() + " at "
                + e.getStackTrace()[0].getMethodName() + ": " + e.getMessage());
          }
        }

        public static void main(String[] args) {
          print(Unknown::method);
          print(Unknown::method);
          print(() -> new Type().method());
          print(() -> new Type().method());
          print(Unknown::impossible);
          RateLimiters.register("later", RateLimitConfig.of(2, Duration.ofHours(1)));
          print(Unknown::method);
          print(() -> new Type().method());
          print(Unknown::method);
          print(() -> new Type().method());
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void failAtEachCallUntilTheyAreDefined() {
    JvmResult result = run("");

    assertThat(result.out().subList(0, 5))
        .as("%s", result)
        .allMatch(line -> line.matches("UnknownLimiterException at (method|impossible): .*"))
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "filesystem",
                        "github_api",
                        "mcp_tools",
                        "skill_operations",
                        "web_research"))
        .doesNotContain("passed");
    assertThat(result.out().get(0)).contains("later");
    thenLimited(result);
  }

  @Test
  void passWhereTheConfigurationSaysSo() {
    JvmResult result = run("on-unknown-limiter=ignore");

    assertThat(result.out().subList(0, 5)).as("%s", result).containsOnly("passed");
    thenLimited(result);
  }

  /** Where "ignore".toUpperCase() isn't IGNORE. */
  @Test
  void passInTurkishToo() {
    JvmResult result = run("on-unknown-limiter=ignore", "-Duser.language=tr", "-Duser.country=TR");

    assertThat(result.out().subList(0, 5)).as("%s", result).containsOnly("passed");
    thenLimited(result);
  }

  private static void thenLimited(JvmResult result) {
    assertThat(result.out().subList(5, 7)).as("%s", result).containsOnly("passed");
    assertThat(result.out().subList(7, 9))
        .as("%s", result)
        .allMatch(line -> line.startsWith("RateLimitExceededException at method: "));
  }

  private JvmResult run(String arguments, String... options) {
    return Jvm.on(jdk)
        .agent(arguments)
        .option(options)
        .program(Programs.compile(PROGRAM))
        .main("Unknown")
        .run()
        .ok();
  }
}
