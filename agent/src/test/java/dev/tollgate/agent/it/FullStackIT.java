package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Limited calls at the very end of the stack: there each part of a call may overflow, and whatever
 * the JVM fails to initialise there would stay failed.
 */
@OnEachJdk
class FullStackIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.LimitKey;
      import dev.tollgate.RateLimited;
      import dev.tollgate.Weight;
      import dev.tollgate.limiter.RateLimiters;
      import java.util.concurrent.CompletableFuture;
      import java.util.concurrent.RejectedExecutionException;

      class FullStack {
        static int attempts;

        @RateLimited("deep")
        static void method() {}

        @RateLimited("deep")
        static class Type {
          public static void outer() {
            inner(1, 2, 3, 4, 5, 6, 7, 8);
          }

          public static void inner(long a, long b, long c, long d, long e, long f, long g, long h) {}
        }

        @RateLimited("deep")
        static void weighted(@Weight int weight) {}

        @RateLimited("deep")
        static void keyed(@LimitKey String key) {}

        @RateLimited("deep")
        @RateLimited("wide")
        static void joint() {}

        @RateLimited("deep")
        @RateLimited("wide")
        static void mixed(@LimitKey("wide") long key, @Weight Integer weight) {}

        @RateLimited(value = "deep", fallback = "otherwise")
        static void fallback() {}

        static void otherwise() {}

        @RateLimited("deep")
        static CompletableFuture<String> async() {
          return CompletableFuture.completedFuture("done");
        }

        @RateLimited(value = "empty", timeout = "0")
        static void refused() {}

        @RateLimited(value = "nobodys")
        static void unknown() {}

        static void call(String what) {
          switch (what) {
            case "method" -> method();
            case "type" -> Type.outer();
            case "weighted" -> weighted(1);
            case "keyed" -> keyed("key");
            case "joint" -> joint();
            case "mixed" -> mixed(3, 1);
            case "fallback" -> fallback();
            case "async" -> async().join();
            case "refused" -> refused();
            default -> unknown();
          }
        }

        /** Tries at the end of the stack, and a frame further from it, and so on. */
        static void fill(String what) {
          try {
            fill(what);
          } catch (StackOverflowError e) {
            if (attempts++ > 5_000) {
              throw e;
            }
            call(what);
          }
        }

        // Not a lambda: linking that would warm the JVM up.
        static class Full implements Runnable {
          final String what;

          Full(String what) {
            this.what = what;
          }

          @Override
          public void run() {
            try {
              fill(what);
            } catch (StackOverflowError | RuntimeException e) {
              // As expected.
            }
            long before = RateLimiters.get("deep").stats().admittedRequests();
            int passed = 0;
            String last = "";
            for (int i = 0; i < 10; i++) {
              try {
                call(what);
                passed++;
              } catch (Throwable e) {
                last = e.getClass().getSimpleName();
              }
            }
            long charged = RateLimiters.get("deep").stats().admittedRequests() - before;
            System.out.println(passed + " passed, " + charged + " charged " + last);
          }
        }

        public static void main(String[] args) throws Exception {
          // Loaded here: at the end of the stack the JVM would load it without asking any agent.
          Class.forName("FullStack$Type");
          if (args[1].equals("not first")) {
            try {
              call(args[0]);
            } catch (RuntimeException e) {
              // As expected.
            }
          }
          Thread thread = new Thread(null, new Full(args[0]), "full", 300_000);
          thread.start();
          thread.join();
          System.out.println(attempts > 0 ? "overflowed" : "did not overflow");
        }
      }
      """;

  @Parameter Jdk jdk;

  @ParameterizedTest
  @CsvSource({"method, first", "method, not first", "type, first", "type, not first"})
  void leaveLaterCallsLimited(String what, String which) {
    assertThat(run(what, which).out()).containsExactly("10 passed, 10 charged ", "overflowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"weighted", "keyed", "joint", "mixed", "fallback", "async"})
  void leaveLaterCallsOfEachFormLimited(String what) {
    assertThat(run(what, "first").out()).containsExactly("10 passed, 10 charged ", "overflowed");
  }

  @ParameterizedTest
  @CsvSource({"refused, first", "refused, not first", "unknown, first", "unknown, not first"})
  void leaveLaterCallsRefused(String what, String which) {
    String exception = what.equals("refused") ? "RateLimitExceeded" : "UnknownLimiter";

    assertThat(run(what, which).out())
        .containsExactly("0 passed, 0 charged " + exception + "Exception", "overflowed");
  }

  private JvmResult run(String what, String which) {
    return Jvm.on(jdk)
        .agent(
            "limiters.deep.permits=1000000,limiters.deep.period=1h,"
                + "limiters.wide.permits=1000000,limiters.wide.period=1h,"
                + "limiters.empty.permits=1,limiters.empty.period=366d,limiters.empty.mode=enforce")
        .program(Programs.compile(PROGRAM))
        .main("FullStack", what, which)
        .run();
  }
}
