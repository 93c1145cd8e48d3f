package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that end the JVM from inside what is limited, in each way there is. */
@OnEachJdk
class ExitIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;
      import java.lang.management.ManagementFactory;
      import java.util.Map;
      import java.util.concurrent.RejectedExecutionException;
      import javax.management.ObjectName;

      class Exit {
        @RateLimited("many")
        static class Type {
          public static void exit() {
            System.exit(7);
          }
        }

        @RateLimited("many")
        static void exit() {
          System.exit(7);
        }

        @RateLimited("many")
        static void halt() {
          Runtime.getRuntime().halt(7);
        }

        @RateLimited("one")
        static void once() {}

        @RateLimited(value = "one", timeout = "0")
        static void refused() {}

        /** Loaded, woven and linked for the first time while the JVM shuts down. */
        static class Last {
          @RateLimited("many")
          static void call() {}
        }

        static void inHook() {
          once();
          Last.call();
          try {
            refused();
          } catch (RejectedExecutionException e) {
            System.out.println("refused");
          }
          System.out.println(RateLimiters.get("many").stats().admittedRequests() + " charged");
        }

        /** By their classes: a thread of ours would be there as one of the JDK's. */
        static void tellHooks() throws Exception {
          ObjectName health = new ObjectName("dev.tollgate:type=Health");
          while (!ManagementFactory.getPlatformMBeanServer().isRegistered(health)) {
            Thread.sleep(20);
          }
          var hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
          hooks.setAccessible(true);
          for (Object hook : ((Map<?, ?>) hooks.get(null)).keySet()) {
            System.out.println(hook.getClass().getName());
          }
        }

        public static void main(String[] args) throws Exception {
          switch (args[0]) {
            case "method" -> exit();
            case "type" -> Type.exit();
            case "halt" -> halt();
            case "hook" -> {
              Runtime.getRuntime().addShutdownHook(new Thread(Exit::inHook));
              System.exit(7);
            }
            case "hooks" -> {
              tellHooks();
              exit();
            }
            case "waiters" -> {
              once();
              for (int i = 0; i < 4; i++) {
                new Thread(Exit::once).start();
              }
              while (RateLimiters.get("one").stats().waiting() < 4) {
                Thread.onSpinWait();
              }
              exit();
            }
            default -> throw new IllegalStateException(args[0]);
          }
          System.out.println("not reached");
        }
      }
      """;

  @Parameter Jdk jdk;

  @ParameterizedTest
  @ValueSource(strings = {"method", "type", "halt", "waiters"})
  void endAtOnceWithTheirStatus(String how) {
    JvmResult result = run(how);

    assertThat(result.exit()).as("%s", result).isEqualTo(7);
    assertThat(result.out()).as("%s", result).isEmpty();
    assertThat(result.err()).as("%s", result).hasSize(1);
  }

  /** Which could hold up the end. That of the JDK's logging comes with JMX. */
  @Test
  void meetNoShutdownHookOfOurs() {
    JvmResult result = run("hooks");

    assertThat(result.exit()).as("%s", result).isEqualTo(7);
    assertThat(result.out())
        .as("%s", result)
        .isSubsetOf("java.util.logging.LogManager$Cleaner")
        .hasSizeLessThan(2);
  }

  @Test
  void limitWhatTheirShutdownHooksCall() {
    JvmResult result = run("hook");

    assertThat(result.exit()).as("%s", result).isEqualTo(7);
    assertThat(result.out()).as("%s", result).containsExactly("refused", "1 charged");
    assertThat(result.err()).as("%s", result).hasSize(1);
  }

  private JvmResult run(String how) {
    return Jvm.on(jdk)
        .agent(
            "limiters.many.permits=1000,limiters.many.period=1h,"
                + "limiters.one.permits=1,limiters.one.period=1h,limiters.one.timeout=9h")
        .option("--add-opens", "java.base/java.lang=ALL-UNNAMED")
        .program(Programs.compile(PROGRAM))
        .main("Exit", how)
        .run();
  }
}
