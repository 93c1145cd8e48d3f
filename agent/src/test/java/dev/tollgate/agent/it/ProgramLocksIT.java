package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Locks that the program holds while classes are loaded: the agent waits for none of them. */
@OnEachJdk
class ProgramLocksIT {
  private static final String LOCKED_STDERR =
      """
      import dev.tollgate.RateLimited;
      import java.util.concurrent.CountDownLatch;

      class LockedStderr {
        static class Missing {
          @RateLimited("github_api")
          static native void method();
        }

        public static void main(String[] args) throws Exception {
          CountDownLatch locked = new CountDownLatch(1);
          Thread loads = new Thread(() -> {
            try {
              locked.await();
              Class.forName("LockedStderr$Missing");
            } catch (Exception e) {
              System.out.println(e);
            }
          });
          loads.setDaemon(true);
          loads.start();
          System.setErr(new java.io.PrintStream(System.err, true) {
            @Override
            public synchronized void println(String line) {
              super.println(line);
            }
          });
          synchronized (System.err) {
            locked.countDown();
            loads.join(20_000);
          }
          System.out.println(loads.isAlive() ? "hangs" : "loaded");
        }
      }
      """;
  private static final String THREAD_FACTORY =
      """
      import dev.tollgate.RateLimited;
      import java.util.concurrent.CompletableFuture;
      import java.util.concurrent.CountDownLatch;
      import java.util.concurrent.ForkJoinPool;
      import java.util.concurrent.ForkJoinWorkerThread;

      /** Its factory for the common pool's threads loads a limited class. */
      public class ThreadFactory {
        static final CountDownLatch IN_FACTORY = new CountDownLatch(1);
        static final CountDownLatch LOADING = new CountDownLatch(1);

        public static class Factory implements ForkJoinPool.ForkJoinWorkerThreadFactory {
          public Factory() throws InterruptedException {
            IN_FACTORY.countDown();
            LOADING.await();
            Thread.sleep(500);
            new Plain();
          }

          @Override
          public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            return ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
          }
        }

        static class Plain {
          @RateLimited("github_api")
          void go() {}
        }

        static class Async {
          @RateLimited("github_api")
          CompletableFuture<String> go() {
            return null;
          }
        }

        public static void main(String[] args) throws Exception {
          Thread asksForPool = new Thread(ForkJoinPool::commonPool);
          Thread loads = new Thread(() -> {
            try {
              IN_FACTORY.await();
            } catch (InterruptedException e) {
              System.out.println(e);
            }
            LOADING.countDown();
            new Async();
          });
          asksForPool.setDaemon(true);
          loads.setDaemon(true);
          asksForPool.start();
          loads.start();
          asksForPool.join(20_000);
          loads.join(20_000);
          System.out.println(asksForPool.isAlive() || loads.isAlive() ? "hangs" : "both went on");
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void aLockOnSystemErrHoldsUpNoClassThatIsMissed() {
    JvmResult result =
        Jvm.on(jdk).agent("").program(Programs.compile(LOCKED_STDERR)).main("LockedStderr").run();

    assertThat(result.ok().out()).as("%s", result).containsExactly("loaded");
    assertThat(result.err()).as("%s", result).anyMatch(line -> line.contains("Missing.method()"));
  }

  @Test
  void aFactoryOfTheCommonPoolMayLoadALimitedClassWhileAnotherThreadLoadsTheFirst() {
    JvmResult result =
        Jvm.on(jdk)
            .agent("")
            .option(
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=ThreadFactory$Factory")
            .program(Programs.compile(THREAD_FACTORY))
            .main("ThreadFactory")
            .run();

    assertThat(result.ok().out()).as("%s", result).containsExactly("both went on");
  }
}
