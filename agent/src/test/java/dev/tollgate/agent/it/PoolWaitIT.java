package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Limited calls that wait on the common pool's threads, where futures are delivered as well. */
@OnEachJdk
class PoolWaitIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;
      import java.util.concurrent.CompletableFuture;
      import java.util.concurrent.CompletionException;
      import java.util.concurrent.CountDownLatch;
      import java.util.concurrent.TimeUnit;
      import java.util.stream.IntStream;

      class Pool {
        static final CountDownLatch queued = new CountDownLatch(1);

        @RateLimited("quick")
        static CompletableFuture<String> load(Runnable body) {
          body.run();
          return CompletableFuture.completedFuture("loaded");
        }

        @RateLimited("slow")
        static void store() {}

        @RateLimited("slow")
        @RateLimited("other")
        static void storeBoth() {}

        @RateLimited("due")
        static CompletableFuture<String> due() {
          return CompletableFuture.completedFuture("delivered");
        }

        static void await(int waiting) {
          while (RateLimiters.get("slow").stats().waiting() < waiting) {
            Thread.onSpinWait();
          }
        }

        public static void main(String[] args) throws Exception {
          store();
          due();
          load(() -> {}).get();
          Runnable wait = args[0].equals("both") ? Pool::storeBoth : Pool::store;
          if (args[0].equals("stream")) {
            new Thread(() -> IntStream.range(0, 8).parallel().forEach(i -> store())).start();
            await(2);
          } else if (args[0].equals("queued")) {
            CompletableFuture<CompletableFuture<String>> behind = new CompletableFuture<>();
            CompletableFuture<?> loading = load(() -> {
              CompletableFuture<String> own = due();
              // Its moment comes, and it stands behind this body in the queue of the pool.
              while (RateLimiters.get("due").stats().waiting() > 0) {
                Thread.onSpinWait();
              }
              behind.complete(own);
              store();
            });
            System.out.println(behind.get(20, TimeUnit.SECONDS).get(20, TimeUnit.SECONDS));
            System.out.println("loading: " + !loading.isDone());
            System.exit(0);
          } else {
            load(wait);
            await(1);
          }
          System.out.println(due().get(20, TimeUnit.SECONDS));
          CompletableFuture<String> told = new CompletableFuture<>();
          RateLimiters.get("due").acquireAsync().thenRun(() -> told.complete("told"));
          System.out.println(told.get(20, TimeUnit.SECONDS));
          System.exit(0);
        }
      }
      """;

  private static final String POOL = "-Djava.util.concurrent.ForkJoinPool.common.";

  @Parameter Jdk jdk;

  @Test
  void holdUpNoFutureOfAnotherLimiter() {
    assertThat(run("one").out()).containsExactly("delivered", "told");
    assertThat(run("both").out()).containsExactly("delivered", "told");
    assertThat(run("stream", "-XX:ActiveProcessorCount=2").out())
        .containsExactly("delivered", "told");
  }

  @Test
  void holdUpNoneInAPoolOfOneThatCanNotBeMore() {
    String one = POOL + "parallelism=1";
    String noMore = POOL + "maximumSpares=0";
    assertThat(run("one", one, noMore).out()).containsExactly("delivered", "told");
    assertThat(run("both", one, noMore).out()).containsExactly("delivered", "told");
    assertThat(run("stream", one, noMore).out()).containsExactly("delivered", "told");
    assertThat(run("queued", one, noMore).out()).containsExactly("delivered", "loading: true");
  }

  @Test
  void holdUpNoneInAPoolWithoutThreads() {
    assertThat(run("one", POOL + "parallelism=0").out()).containsExactly("delivered", "told");
  }

  private JvmResult run(String how, String... options) {
    Jvm jvm =
        Jvm.on(jdk)
            .agent(
                "limiters.quick.permits=1,limiters.quick.period=50ms,limiters.other.permits=100,"
                    + "limiters.other.period=1s,limiters.other.timeout=9d,"
                    + "limiters.due.permits=1,limiters.due.period=400ms,"
                    + "limiters.slow.permits=1,limiters.slow.period=1h,limiters.slow.timeout=9d")
            .program(Programs.compile(PROGRAM));
    for (String option : options) {
      jvm = jvm.option(option);
    }
    return jvm.main("Pool", how).run().ok();
  }
}
