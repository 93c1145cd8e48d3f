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
                  + ", " + e.limiter() + ", at " + e.getStackTrace()[0].getMethodName()
                  + ", retry after " + e.retryAfter().plusMinutes(1).toHours() + "h";
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

  private static final String STORM =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;
      import java.util.ArrayList;
      import java.util.List;
      import java.util.concurrent.RejectedExecutionException;
      import java.util.concurrent.atomic.AtomicInteger;

      class Everywhere {
        static final AtomicInteger entered = new AtomicInteger();
        static volatile boolean over;

        @RateLimited("quick")
        static class Type {
          public static void call() {
            entered.incrementAndGet();
          }
        }

        @RateLimited(value = "quick", timeout = "1ms")
        static void method() {
          entered.incrementAndGet();
        }

        /** The flag is up before anything of this is loaded, woven, linked or refused. */
        static class First {
          @RateLimited(value = "one", timeout = "0")
          First() {}
        }

        static void work() {
          while (!over) {
            try {
              Type.call();
              method();
            } catch (RejectedExecutionException e) {
              // Refused, or interrupted.
            }
            Thread.interrupted();
          }
        }

        public static void main(String[] args) throws Exception {
          Thread.currentThread().interrupt();
          new First();
          try {
            new First();
          } catch (RejectedExecutionException e) {
            System.out.println(e.getCause() + ", flag " + Thread.interrupted());
          }
          List<Thread> threads = new ArrayList<>();
          for (int i = 0; i < 8; i++) {
            threads.add(new Thread(Everywhere::work));
          }
          threads.forEach(Thread::start);
          while (entered.get() < 2_000) {
            threads.forEach(Thread::interrupt);
          }
          over = true;
          for (Thread thread : threads) {
            thread.join();
          }
          var stats = RateLimiters.get("quick").stats();
          System.out.println(stats.admittedRequests() - entered.get() + " lost, "
              + stats.waiting() + " waiting");
          System.out.println("granted again: " + RateLimiters.get("quick")
              .tryAcquire(10, java.time.Duration.ofSeconds(9)));
        }
      }
      """;

  @Parameter Jdk jdk;

  /** Threads that are interrupted without end while they load, link, wait and are refused. */
  @Test
  void loseNoPermitAndLeaveNobodyBehindWherever() {
    JvmResult result =
        Jvm.on(jdk)
            .agent(
                "limiters.one.permits=1,limiters.one.period=1h,"
                    + "limiters.quick.permits=2000,limiters.quick.period=1s,"
                    + "limiters.quick.capacity=10")
            .program(Programs.compile(STORM))
            .main("Everywhere")
            .run()
            .ok();

    assertThat(result.out())
        .as("%s", result)
        .containsExactly("null, flag true", "0 lost, 0 waiting", "granted again: true");
    assertThat(result.err()).as("%s", result).hasSize(1);
  }

  @Test
  void goOnWithAPermitAndGiveItBackWithout() {
    JvmResult result =
        Jvm.on(jdk)
            .agent("limiters.one.permits=1,limiters.one.period=1h")
            .program(Programs.compile(PROGRAM))
            .main("Interrupted")
            .run()
            .ok();

    String thrown = "java.lang.InterruptedException, flag true, one, at method, retry after 1h";
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
