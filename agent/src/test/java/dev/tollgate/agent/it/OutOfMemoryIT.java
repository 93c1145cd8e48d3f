package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that run out of memory, and go on. */
@OnEachJdk
class OutOfMemoryIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;
      import java.util.concurrent.RejectedExecutionException;

      class Full {
        static Object[] ballast;

        @RateLimited("count")
        static void method() {}

        @RateLimited("count")
        static class Type {
          public static void outer() {
            inner();
          }

          public static void inner() {}
        }

        @RateLimited(value = "empty", timeout = "0")
        static void refused() {}

        static void call(String what) {
          switch (what) {
            case "method" -> method();
            case "type" -> Type.outer();
            default -> refused();
          }
        }

        /** Leaves room for nothing, and less and less of it. */
        static void fill() {
          for (int size = 1 << 18; size > 0; size /= 8) {
            try {
              for (;;) {
                ballast = new Object[] {ballast, new byte[size]};
              }
            } catch (OutOfMemoryError e) {
              // Smaller, then.
            }
          }
        }

        public static void main(String[] args) throws Exception {
          RateLimiters.get("empty").tryAcquire();
          // Loaded here: without memory the JVM could not.
          Class.forName("Full$Type");
          if (args[1].equals("not first")) {
            try {
              call(args[0]);
            } catch (RejectedExecutionException e) {
              // As expected.
            }
          }
          long before = RateLimiters.get("count").stats().admittedRequests();
          fill();
          int failed = 0;
          for (int i = 0; i < 20; i++) {
            try {
              call(args[0]);
            } catch (RejectedExecutionException | OutOfMemoryError e) {
              failed++;
            } finally {
              ballast = ballast == null ? null : (Object[]) ballast[0];
            }
          }
          ballast = null;
          int passed = 0;
          String last = "";
          long start = RateLimiters.get("count").stats().admittedRequests();
          for (int i = 0; i < 10; i++) {
            try {
              call(args[0]);
              passed++;
            } catch (Throwable e) {
              last = " " + e.getClass().getSimpleName();
            }
          }
          long charged = RateLimiters.get("count").stats().admittedRequests() - start;
          System.out.println(passed + " passed, " + charged + " charged" + last);
          System.out.println(failed > 0 ? "failed before" : "did not fail");
        }
      }
      """;
  private static final String BODY =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;

      class Body {
        @RateLimited("count")
        static class Type {
          public static Object hog() {
            return new long[Integer.MAX_VALUE];
          }
        }

        public static void main(String[] args) {
          for (int i = 0; i < 3; i++) {
            try {
              Type.hog();
            } catch (OutOfMemoryError e) {
              System.out.println(e.getMessage());
            }
          }
          System.out.println(RateLimiters.get("count").stats().admittedRequests() + " charged");
          throw new OutOfMemoryError("the program's own");
        }
      }
      """;

  private static final String LIMIT = "Requested array size exceeds VM limit";

  @Parameter Jdk jdk;

  @ParameterizedTest
  @ValueSource(strings = {"method", "type"})
  void areLimitedAgainOnceThereIsRoom(String what) {
    assertThat(run("Full", what, "first").out())
        .containsExactly("10 passed, 10 charged", "failed before");
    // Which may find what it needs even then.
    assertThat(run("Full", what, "not first").out()).startsWith("10 passed, 10 charged");
  }

  @Test
  void areRefusedAgainOnceThereIsRoom() {
    for (String which : new String[] {"first", "not first"}) {
      assertThat(run("Full", "refused", which).out())
          .containsExactly("0 passed, 0 charged RateLimitExceededException", "failed before");
    }
  }

  /** What the body throws goes through, and each entry was one. */
  @Test
  void getTheirOwnErrorsAsTheyAre() {
    JvmResult result = run("Body");

    assertThat(result.out()).as("%s", result).containsExactly(LIMIT, LIMIT, LIMIT, "3 charged");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .as("%s", result)
        .anyMatch(line -> line.endsWith("java.lang.OutOfMemoryError: the program's own"));
  }

  private JvmResult run(String... mainAndArguments) {
    return Jvm.on(jdk)
        .agent(
            "jmx.enabled=false,health.enabled=false,"
                + "limiters.count.permits=1000000,limiters.count.period=1h,"
                + "limiters.empty.permits=1,limiters.empty.period=366d")
        .option("-Xmx16m", "-Xms16m")
        .program(Programs.compile(PROGRAM, BODY))
        .main(mainAndArguments)
        .run();
  }
}
