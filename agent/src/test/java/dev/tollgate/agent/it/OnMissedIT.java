package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** {@code on-missed = fail}: a limit that can't be kept stops the program. */
@OnEachJdk
class OnMissedIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;

      class Missing {
        @RateLimited("github_api")
        static native void method();

        public static void main(String[] args) {
          System.out.println("ran");
        }
      }
      """;
  private static final String NOTHING_MISSED =
      """
      import dev.tollgate.RateLimited;

      class Fine {
        @RateLimited("github_api")
        static void method() {}

        public static void main(String[] args) {
          method();
          System.out.println("ran");
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void failEndsTheJvm() {
    JvmResult result =
        Jvm.on(jdk)
            .agent("on-missed=fail,quiet=true")
            .program(Programs.compile(PROGRAM))
            .main("Missing")
            .run();

    assertThat(result.exit()).as("%s", result).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .as("%s", result)
        .hasSizeBetween(1, 2)
        .allMatch(line -> line.startsWith("tollgate: "))
        .anyMatch(line -> line.contains("Missing") && line.contains("native"));
  }

  @Test
  void reportLetsItRun() {
    JvmResult result =
        Jvm.on(jdk).agent("quiet=true").program(Programs.compile(PROGRAM)).main("Missing").run();

    assertThat(result.ok().out()).containsExactly("ran");
    assertThat(result.err()).singleElement().asString().contains("Missing", "method", "native");
  }

  @Test
  void failDoesNotHarmWhoMissesNothing() {
    JvmResult result =
        Jvm.on(jdk)
            .agent("on-missed=fail,quiet=true")
            .program(Programs.compile(NOTHING_MISSED))
            .main("Fine")
            .run();

    assertThat(result.ok().out()).containsExactly("ran");
    assertThat(result.err()).isEmpty();
  }
}
