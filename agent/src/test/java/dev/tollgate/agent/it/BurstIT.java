package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Many threads at one limiter. */
@OnEachJdk
class BurstIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import java.util.concurrent.CountDownLatch;
      import java.util.concurrent.RejectedExecutionException;
      import java.util.concurrent.atomic.AtomicInteger;

      class Burst {
        static final AtomicInteger admitted = new AtomicInteger();

        @RateLimited("burst")
        static void method() {
          admitted.incrementAndGet();
        }

        static Thread start(String kind, Runnable body) throws Exception {
          if (kind.equals("virtual")) {
            return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class)
                .invoke(null, body);
          }
          Thread thread = new Thread(body);
          thread.start();
          return thread;
        }

        public static void main(String[] args) throws Exception {
          CountDownLatch go = new CountDownLatch(1);
          Thread[] threads = new Thread[16];
          for (int t = 0; t < threads.length; t++) {
            threads[t] = start(args[0], () -> {
              try {
                go.await();
              } catch (InterruptedException e) {
                return;
              }
              for (int i = 0; i < 10; i++) {
                try {
                  method();
                } catch (RejectedExecutionException e) {
                  // Not admitted.
                }
              }
            });
          }
          long begin = System.nanoTime();
          go.countDown();
          for (Thread thread : threads) {
            thread.join();
          }
          System.out.println(admitted + " admitted");
          System.out.println((System.nanoTime() - begin) / 1_000_000 + " ms");
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void theFirstCallsOfManyThreadsGetTheCapacityAndNoMore() {
    JvmResult result =
        run("platform", "permits=20,limiters.burst.burst=30,limiters.burst.timeout=0", "1h");

    assertThat(result.out().get(0)).isEqualTo("50 admitted");
  }

  @Test
  void virtualThreadsWaitForTheirTurns() {
    assumeTrue(jdk.feature() >= 21, "virtual threads came with 21");
    JvmResult result = run("virtual", "permits=600,limiters.burst.capacity=10", "1s");

    assertThat(result.out().get(0)).isEqualTo("160 admitted");
    assertThat(Long.parseLong(result.out().get(1).replace(" ms", "")))
        .as("150 calls had to wait, 600 a second")
        .isBetween(250L, 30_000L);
  }

  private JvmResult run(String kind, String limiter, String period) {
    return Jvm.on(jdk)
        .agent("limiters.burst." + limiter + ",limiters.burst.period=" + period)
        .program(Programs.compile(PROGRAM))
        .main("Burst", kind)
        .run()
        .ok();
  }
}
