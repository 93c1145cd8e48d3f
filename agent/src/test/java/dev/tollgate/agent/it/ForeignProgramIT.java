package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import picocli.AutoComplete;

/** A program from Maven Central that knows nothing of Tollgate, behind an annotated wrapper. */
@OnEachJdk
class ForeignProgramIT {
  private static final String WRAPPER =
      """
      import dev.tollgate.RateLimited;
      import java.util.concurrent.RejectedExecutionException;

      class Wrapper {
        @RateLimited(value = "foreign", timeout = "0")
        static void foreign(String... args) {
          picocli.AutoComplete.main(args);
        }

        public static void main(String[] args) {
          for (int i = 0; i < 5; i++) {
            try {
              foreign(args);
              System.out.println("ran");
            } catch (RejectedExecutionException e) {
              System.out.println("refused");
            }
          }
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void isLimitedAsConfigured() {
    Path picocli = Artifacts.locationOf(AutoComplete.class);
    Path classes =
        Programs.compile(
            List.of("--class-path", Programs.path(Artifacts.ANNOTATIONS, picocli)), WRAPPER);
    JvmResult result =
        Jvm.on(jdk)
            .agent("limiters.foreign.permits=2,limiters.foreign.period=1h,limiters.foreign.burst=1")
            .classPath(classes, Artifacts.ANNOTATIONS, picocli)
            .main("Wrapper", "--help")
            .run()
            .ok();

    assertThat(result.out())
        .as("%s", result)
        .filteredOn(line -> line.equals("ran") || line.equals("refused"))
        .containsExactly("ran", "ran", "ran", "refused", "refused");
    assertThat(result.out().stream().filter(line -> line.startsWith("Usage: "))).hasSize(3);
  }
}
