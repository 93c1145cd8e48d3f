package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Callers that are interrupted. */
@OnEachJdk
class InterruptionIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimitExceededException;
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiter;
      import dev.tollgate.limiter.RateLimiters;

      class Interrupted {
        static volatile String seen;

        @RateLimited(value = "one", timeout = "9h")
        static void method() {
          System.out.println("body, interrupted: " + Thread.currentThread().isInterrupted());
        }

        @RateLimited(value = "one", timeout = "9h")
        static class Type {
          public void method() {
            Interrupted.method();
          }
        }

        static void waiter(RateLimiter one, Runnable call) throws Exception {
          Thread thread = new Thread(() -> {
            try {
              call.run();
            } catch (RateLimitExceededException e) {
              seen = e.getCause().getClass().getName() + ", flag " + Thread.interrupted()
                  + ", " + e.limiter() + ", at " + e.getStackTrace()[0].getMethodName();
            }
          });
          thread.start();
          while (one.stats().waiting() == 0) {
            Thread.onSpinWait();
          }
          thread.interrupt();
          thread.join();
          System.out.println(seen);
          System.out.println("waiting " + one.stats().waiting() + ", next in "
              + one.retryAfter(1).plusMinutes(1).toHours() + "h");
        }

        public static void main(String[] args) throws Exception {
          RateLimiter one = RateLimiters.get("one");
          Thread.currentThread().interrupt();
          method();
          System.out.println("after: " + Thread.interrupted());
          waiter(one, Interrupted::method);
          waiter(one, new Type()::method);
          waiter(one, new Type()::method);
          System.out.println("admitted " + one.stats().admittedRequests());
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void goOnWithAPermitAndGiveItBackWithout() {
    JvmResult result =
        Jvm.on(jdk)
            .agent("limiters.one.permits=1,limiters.one.period=1h")
            .program(Programs.compile(PROGRAM))
            .main("Interrupted")
            .run()
            .ok();

    String thrown = "java.lang.InterruptedException, flag true, one, at method";
    assertThat(result.out())
        .as("%s", result)
        .containsExactly(
            "body, interrupted: true",
            "after: true",
            thrown,
            "waiting 0, next in 1h",
            thrown,
            "waiting 0, next in 1h",
            thrown,
            "waiting 0, next in 1h",
            "admitted 1");
  }
}
