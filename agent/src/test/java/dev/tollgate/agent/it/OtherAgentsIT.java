package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents that come before ours and after it: each does what it does alone. */
@OnEachJdk
class OtherAgentsIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;

      class Shared {
        @RateLimited("count")
        static int traced(int n) {
          return n + 1;
        }

        @RateLimited("count")
        static class Type {
          public int outer(int n) {
            try {
              return inner(n);
            } finally {
              n++;
            }
          }

          public int inner(int n) {
            return n > 0 ? traced(n) : 0;
          }

          @RateLimited("count")
          Type() {}
        }

        @RateLimited(value = "none", timeout = "0")
        static void refused() {}

        public static void main(String[] args) {
          System.out.println(traced(1) + new Type().outer(1));
          RateLimiters.get("none").tryAcquire();
          try {
            refused();
          } catch (RuntimeException e) {
            System.out.println(e.getClass().getName() + " at "
                + e.getStackTrace()[0].getMethodName());
          }
          System.out.println(RateLimiters.get("count").stats().admittedRequests() + " charged");
        }
      }
      """;
  private static final String LIMITERS =
      "limiters.count.permits=1000000,limiters.count.period=1h,"
          + "limiters.none.permits=1,limiters.none.period=366d";
  private static final Path JACOCO = Artifacts.library("org.jacoco.agent-runtime");
  private static final Path OPEN_TELEMETRY = Artifacts.library("opentelemetry-javaagent");

  @Parameter Jdk jdk;
  @TempDir Path folder;

  /** Two calls by name, the constructor, and the outer method of the type. */
  private static final List<String> LIMITED =
      List.of("4", "dev.tollgate.RateLimitExceededException at refused", "4 charged");

  /** JaCoCo knows classes by their bytes, so it must be given those that the compiler wrote. */
  @Test
  void jacocoRecordsTheSameClassesInEitherOrder() throws IOException {
    Path alone = folder.resolve("alone.exec");
    Path first = folder.resolve("first.exec");
    Path last = folder.resolve("last.exec");
    program(Jvm.on(jdk).agent(JACOCO, "destfile=" + alone)).run();
    assertLimited(
        program(Jvm.on(jdk).agent(JACOCO, "destfile=" + first).agent(LIMITERS)).run().ok());
    assertLimited(
        program(Jvm.on(jdk).agent(LIMITERS).agent(JACOCO, "destfile=" + last)).run().ok());

    for (String type : List.of("Shared", "Shared$Type")) {
      assertThat(identity(type, first)).isEqualTo(identity(type, alone));
      assertThat(identity(type, last)).isEqualTo(identity(type, alone));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void openTelemetryTracesWhatIsLimited(boolean ofOursFirst) {
    Jvm jvm = Jvm.on(jdk);
    if (ofOursFirst) {
      jvm.agent(LIMITERS).agent(OPEN_TELEMETRY, "");
    } else {
      jvm.agent(OPEN_TELEMETRY, "").agent(LIMITERS);
    }
    JvmResult result =
        program(jvm)
            .option("-Dotel.traces.exporter=console", "-Dotel.metrics.exporter=none")
            .option("-Dotel.logs.exporter=none")
            .option("-Dotel.instrumentation.methods.include=Shared[traced]")
            .run();

    assertThat(result.exit()).as("%s", result).isZero();
    assertLimited(result);
    assertThat(result.err().stream().filter(line -> line.contains("'Shared.traced'")))
        .as("spans: %s", result)
        .hasSize(2);
  }

  private Jvm program(Jvm jvm) {
    return jvm.program(Programs.compile(PROGRAM)).main("Shared");
  }

  private static void assertLimited(JvmResult result) {
    assertThat(result.out()).as("%s", result).isEqualTo(LIMITED);
    assertThat(result.err().stream().filter(line -> line.startsWith("tollgate: ")))
        .as("%s", result)
        .hasSize(1);
  }

  /** The eight bytes that stand before a class's name, its length in two, in JaCoCo's file. */
  private static String identity(String type, Path recorded) throws IOException {
    String bytes = Files.readString(recorded, StandardCharsets.ISO_8859_1);
    int at = bytes.indexOf("\0" + (char) type.length() + type);
    assertThat(at).as("%s is in %s", type, recorded).isGreaterThan(8);
    return bytes.substring(at - 8, at);
  }
}
