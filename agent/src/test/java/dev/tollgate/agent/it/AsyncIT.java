package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Methods that answer with a future, in JVMs of their own. */
@OnEachJdk
class AsyncIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimitExceededException;
      import dev.tollgate.RateLimited;
      import dev.tollgate.UnknownLimiterException;
      import dev.tollgate.limiter.RateLimiters;
      import java.util.ArrayList;
      import java.util.List;
      import java.util.concurrent.CompletableFuture;
      import java.util.concurrent.CompletionException;
      import java.util.concurrent.CompletionStage;
      import java.util.concurrent.TimeUnit;

      class Async {
        static int runs;

        @RateLimited("quick")
        static CompletableFuture<String> quick() {
          return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }

        interface Source {
          @RateLimited("quick")
          default CompletionStage<String> next(long wide, String text) {
            return CompletableFuture.completedStage(text + wide);
          }
        }

        static class Plain implements Source {}

        static class Overriding implements Source {
          @Override
          public CompletionStage<String> next(long wide, String text) {
            return Source.super.next(wide, text).thenApply(below -> "over " + below);
          }
        }

        @RateLimited("slow")
        private CompletableFuture<Integer> slow() {
          return CompletableFuture.completedFuture(++runs);
        }

        @RateLimited(value = "slow", timeout = "0")
        static CompletableFuture<Integer> refused() {
          return CompletableFuture.completedFuture(++runs);
        }

        @RateLimited(value = "slow", timeout = "0", fallback = "instead")
        CompletableFuture<String> withFallback(int a, long b) {
          return null;
        }

        private CompletableFuture<String> instead(int a, long b, RateLimitExceededException why) {
          return CompletableFuture.completedFuture(why.limiter() + a + b);
        }

        @RateLimited("nobodys")
        static CompletableFuture<String> unknown() {
          return null;
        }

        static void failure(CompletableFuture<?> future) {
          try {
            System.out.println(future.join());
          } catch (CompletionException e) {
            System.out.println(e.getCause().getClass().getSimpleName());
          }
        }

        public static void main(String[] args) throws Exception {
          System.out.println("at once on " + quick().join());
          CompletableFuture<String> later = quick();
          System.out.println("done: " + later.isDone());
          System.out.println(later.join().replaceAll("-\\\\d+$", ""));
          System.out.println(new Plain().next(1, "a").toCompletableFuture().join());
          System.out.println(new Overriding().next(2, "b").toCompletableFuture().join());

          Async async = new Async();
          System.out.println("runs " + async.slow().join());
          int threads = Thread.activeCount();
          List<CompletableFuture<Integer>> waiting = new ArrayList<>();
          for (int i = 0; i < 1000; i++) {
            waiting.add(async.slow());
          }
          System.out.println("no thread for each: " + (Thread.activeCount() < threads + 10));
          System.out.println("waiting " + RateLimiters.get("slow").stats().waiting());
          for (CompletableFuture<Integer> each : waiting) {
            each.cancel(true);
          }
          System.out.println("waiting " + RateLimiters.get("slow").stats().waiting());
          CompletableFuture<Integer> timed = async.slow().orTimeout(1, TimeUnit.MILLISECONDS);
          failure(timed);
          System.out.println("waiting " + RateLimiters.get("slow").stats().waiting());
          failure(refused());
          failure(async.withFallback(1, 2));
          failure(unknown());
          System.out.println("runs " + runs);
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void neverBlockTheirCaller() {
    JvmResult result =
        Jvm.on(jdk)
            .agent(
                "limiters.quick.permits=1,limiters.quick.period=200ms,"
                    + "limiters.slow.permits=1,limiters.slow.period=1h,"
                    + "limiters.slow.timeout=366d")
            .option("-Xverify:all")
            .program(Programs.compile(PROGRAM))
            .main("Async")
            .run()
            .ok();

    assertThat(result.out())
        .as("%s", result)
        .containsExactly(
            "at once on main",
            "done: false",
            "ForkJoinPool.commonPool-worker",
            "a1",
            "over b2",
            "runs 1",
            "no thread for each: true",
            "waiting 1000",
            "waiting 0",
            "TimeoutException",
            "waiting 0",
            "RateLimitExceededException",
            "slow12",
            "UnknownLimiterException",
            "runs 1");
    assertThat(result.err()).noneMatch(line -> line.contains("missed"));
  }

  /** To a JVM of 17, the pool then is a place where tasks stay. */
  @Test
  void beginLaterWhereTheCommonPoolHasNoThreads() {
    JvmResult result =
        Jvm.on(jdk)
            .agent("limiters.quick.permits=1,limiters.quick.period=200ms")
            .option("-Djava.util.concurrent.ForkJoinPool.common.parallelism=0")
            .program(
                Programs.compile(
                    """
                    import dev.tollgate.RateLimited;
                    import java.util.concurrent.CompletableFuture;
                    import java.util.concurrent.TimeUnit;

                    class Later {
                      @RateLimited("quick")
                      static CompletableFuture<String> quick() {
                        return CompletableFuture.completedFuture("done");
                      }

                      public static void main(String[] args) throws Exception {
                        quick();
                        CompletableFuture<Void> told = new CompletableFuture<>();
                        // Who waits for it with get would run it.
                        quick().thenRun(() -> told.complete(null));
                        told.orTimeout(10, TimeUnit.SECONDS).get();
                        System.out.println("done");
                      }
                    }
                    """))
            .main("Later")
            .run()
            .ok();

    assertThat(result.out()).as("%s", result).containsExactly("done");
  }
}
