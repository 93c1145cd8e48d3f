package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Limiters that a program's own copies of the runtime made before the agent was attached. */
@OnEachJdk
class ProgramLimitersIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimitConfig;
      import dev.tollgate.limiter.RateLimiter;
      import dev.tollgate.limiter.RateLimiters;
      import java.io.BufferedReader;
      import java.io.File;
      import java.io.InputStreamReader;
      import java.net.URL;
      import java.net.URLClassLoader;
      import java.time.Duration;
      import java.util.concurrent.atomic.AtomicLong;
      import java.util.concurrent.locks.LockSupport;
      import java.util.function.BooleanSupplier;

      public class Owner implements BooleanSupplier {
        private static final RateLimiter BUSY = RateLimiters.register("busy",
            RateLimitConfig.of(1, Duration.ofDays(300)).withBurst(2_000_000).withTimeout(Duration.ZERO));
        private static final AtomicLong granted = new AtomicLong();
        private static volatile boolean ended;
        private static BooleanSupplier second;

        private final RateLimiter held = RateLimiters.register("mine",
            RateLimitConfig.of(1, Duration.ofHours(1)).withBurst(5).withTimeout(Duration.ZERO));

        @RateLimited("mine")
        static void woven() {}

        @RateLimited("busy")
        static void wovenBusy() {}

        @Override
        public boolean getAsBoolean() {
          return held.tryAcquire();
        }

        public static void main(String[] args) throws Exception {
          Owner first = new Owner();
          Thread[] callers = new Thread[2];
          for (int i = 0; i < callers.length; i++) {
            callers[i] = new Thread(() -> {
              while (!ended) {
                if (BUSY.tryAcquire()) {
                  granted.incrementAndGet();
                }
                // So that there are some left when the agent comes.
                LockSupport.parkNanos(1);
              }
            });
            callers[i].setDaemon(true);
          }
          String[] path = System.getProperty("java.class.path").split(File.pathSeparator);
          URL[] urls = new URL[path.length];
          for (int i = 0; i < path.length; i++) {
            urls[i] = new File(path[i]).toURI().toURL();
          }
          second = (BooleanSupplier) new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())
              .loadClass("Owner").getConstructor().newInstance();
          System.out.println("started");
          BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(switch (line) {
              case "first" -> String.valueOf(first.getAsBoolean());
              case "second" -> String.valueOf(second.getAsBoolean());
              case "same" -> String.valueOf(RateLimiters.get("mine") == first.held);
              case "stats" -> RateLimiters.get("mine").stats().admittedRequests() + " "
                  + RateLimiters.get("mine").availablePermits();
              case "busy" -> {
                for (Thread caller : callers) {
                  caller.start();
                }
                while (granted.get() < 1_000) {
                  Thread.onSpinWait();
                }
                yield "busy";
              }
              case "drain" -> {
                try {
                  while (true) {
                    wovenBusy();
                    granted.incrementAndGet();
                  }
                } catch (RuntimeException e) {
                  ended = true;
                }
                for (Thread caller : callers) {
                  caller.join();
                }
                yield granted + " of " + BUSY.config().capacity();
              }
              default -> {
                try {
                  woven();
                  yield "true";
                } catch (RuntimeException e) {
                  yield "false";
                }
              }
            });
          }
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void areTheSameOnesAfterIt() {
    try (RunningJvm jvm = start()) {
      assertThat(jvm.ask("first")).isEqualTo("true");
      assertThat(jvm.ask("first")).isEqualTo("true");
      assertThat(jvm.ask("second")).as("a copy for itself").isEqualTo("true");

      attach(jvm);

      // The emptier of the two has 4 of 6.
      assertThat(jvm.ask("stats")).isEqualTo("3 4");
      assertThat(jvm.ask("first")).isEqualTo("true");
      assertThat(jvm.ask("second")).isEqualTo("true");
      assertThat(jvm.ask("woven")).isEqualTo("true");
      assertThat(jvm.ask("same")).isEqualTo("true");
      assertThat(jvm.ask("woven")).isEqualTo("true");
      for (String each : List.of("first", "second", "woven")) {
        assertThat(jvm.ask(each)).isEqualTo("false");
      }
      detach(jvm);
      assertThat(jvm.ask("first")).isEqualTo("false");
      assertThat(jvm.ask("second")).isEqualTo("false");
      assertThat(jvm.ask("woven")).isEqualTo("true");
      attach(jvm);
      assertThat(jvm.ask("woven")).isEqualTo("false");
      assertThat(ours(jvm.end().ok())).hasSize(3).noneMatch(line -> line.contains("its own"));
    }
  }

  @Test
  void noCallIsGrantedTwiceWhileCallsRunAcrossIt() {
    try (RunningJvm jvm = start()) {
      assertThat(jvm.ask("busy")).isEqualTo("busy");
      attach(jvm);
      assertThat(jvm.ask("drain")).isEqualTo("2000001 of 2000001");
      jvm.end().ok();
    }
  }

  private void attach(RunningJvm jvm) {
    succeeds("attach", jvm);
  }

  private void detach(RunningJvm jvm) {
    succeeds("detach", jvm);
  }

  private void succeeds(String command, RunningJvm jvm) {
    JvmResult result = CommandLine.on(jdk, command, jvm).run();
    assertThat(result.exit()).as("%s", result).isZero();
  }

  private static List<String> ours(JvmResult result) {
    return result.err().stream().filter(line -> line.startsWith("tollgate:")).toList();
  }

  private RunningJvm start() {
    Jvm jvm = Jvm.on(jdk).program(Programs.compile(PROGRAM)).main("Owner");
    RunningJvm running =
        (jdk.feature() >= 21 ? jvm.option("-XX:+EnableDynamicAgentLoading") : jvm).start();
    assertThat(running.nextLine()).isEqualTo("started");
    return running;
  }
}
