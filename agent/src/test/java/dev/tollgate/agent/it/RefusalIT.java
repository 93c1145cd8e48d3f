package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** What a refused call's caller meets. */
@OnEachJdk
class RefusalIT {
  private static final String REFUSED =
      """
      import dev.tollgate.RateLimited;
      import java.util.concurrent.RejectedExecutionException;

      class Refused {
        static int bodies;

        @RateLimited(value = "two", timeout = "0")
        static int method() {
          try {
            return ++bodies;
          } catch (RejectedExecutionException e) {
            return -1;
          }
        }

        @RateLimited(value = "two", timeout = "0")
        static synchronized long wide(long a, double b) {
          try {
            return ++bodies;
          } finally {
            bodies += 100;
          }
        }

        final int field = ++bodies;

        @RateLimited(value = "two", timeout = "0")
        Refused() {
          bodies++;
        }

        interface Face {
          @RateLimited(value = "two", timeout = "0")
          default void greet() {
            bodies++;
          }
        }

        record Pair(int a) {
          @RateLimited(value = "two", timeout = "0")
          Pair {
            bodies++;
          }
        }

        @RateLimited(value = "two", timeout = "0")
        static class Type {
          public int outer() {
            try {
              return inner();
            } catch (RejectedExecutionException e) {
              return -1;
            }
          }

          public int inner() {
            return ++bodies;
          }
        }

        static void refused(String what, Runnable call) {
          try {
            call.run();
            System.out.println(what + " was not refused");
          } catch (RejectedExecutionException e) {
            StackTraceElement top = e.getStackTrace()[0];
            boolean ours = false;
            for (StackTraceElement frame : e.getStackTrace()) {
              ours |= frame.getClassName().contains("ollgate");
              ours |= frame.getClassName().startsWith("java.lang.invoke");
            }
            System.out.println(what + " at " + top.getClassName() + "." + top.getMethodName()
                + " line " + top.getLineNumber() + (ours ? " with our frames" : ""));
          }
        }

        public static void main(String[] args) {
          method();
          method();
          for (int i = 1; i <= 2; i++) {
            refused("method", Refused::method);
            refused("wide", () -> wide(1, 2));
            refused("constructor", Refused::new);
            refused("default", () -> new Face() {}.greet());
            refused("record", () -> new Pair(1));
            refused("type", () -> new Type().outer());
          }
          System.out.println("bodies " + bodies);
        }
      }
      """;

  private static final String DETAILS =
      """
      import dev.tollgate.RateLimitExceededException;
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;
      import java.time.Duration;
      import java.time.temporal.ChronoUnit;

      class Details {
        @RateLimited(value = "two", timeout = "0")
        static void now() {}

        @RateLimited(value = "two", timeout = "20s")
        static void soon() {}

        @RateLimited("two")
        static void own() {}

        @RateLimited(value = "two", timeout = "1h", weight = 3)
        static void never() {}

        @RateLimited(value = "ten", timeout = "0", weight = 3)
        static void heavy() {}

        static RateLimitExceededException refusal(Runnable call) {
          try {
            call.run();
          } catch (RateLimitExceededException e) {
            return e;
          }
          throw new AssertionError("not refused");
        }

        static void print(String what, RateLimitExceededException e) {
          Duration after = e.retryAfter();
          String when = after.equals(ChronoUnit.FOREVER.getDuration())
              ? "never"
              : "in " + after.plusMinutes(1).minusNanos(1).toMinutes() + " minutes";
          System.out.println(what + ": " + e.limiter() + ", " + when + ", " + e.getCause());
        }

        public static void main(String[] args) {
          print("above capacity", refusal(Details::never));
          System.out.println(RateLimiters.get("two").availablePermits() + " left");
          now();
          now();
          print("at once", refusal(Details::now));
          long begin = System.nanoTime();
          print("hopeless", refusal(Details::soon));
          print("limiter's own timeout", refusal(Details::own));
          System.out.println("waited: " + (System.nanoTime() - begin >= 10_000_000_000L));
          heavy();
          heavy();
          heavy();
          print("heavy", refusal(Details::heavy));
          System.out.println(RateLimiters.get("ten").availablePermits() + " left");
        }
      }
      """;

  private static final String ANY =
      """
      import dev.tollgate.RateLimited;

      class Any {
        @RateLimited(value = "two", weight = 3)
        static void heavy() {}

        @RateLimited(value = "two", timeout = "0")
        static void light() {}

        @RateLimited("unknown")
        static void unknown() {}

        static void print(Runnable call) {
          try {
            call.run();
            System.out.println("passed");
          } catch (RuntimeException e) {
            System.out.println(e.getClass().getName() + ": "
                + e.getMessage().replaceAll("[0-9]+m.*", "TIME"));
          }
        }

        public static void main(String[] args) {
          print(Any::heavy);
          print(Any::light);
          print(Any::light);
          print(Any::light);
          print(Any::unknown);
        }
      }
      """;

  private static final String LIMITERS =
      "limiters.two.permits=2,limiters.two.period=1h,limiters.two.timeout=0,"
          + "limiters.ten.permits=10,limiters.ten.period=1h";

  @Parameter Jdk jdk;

  @Test
  void thrownFromTheMethodItselfBeforeAnyOfItsBody() {
    JvmResult result = run(REFUSED, "Refused");

    assertThat(result.out().subList(0, 6))
        .as("%s", result)
        .satisfiesExactly(
            line -> assertThat(line).matches("method at Refused.method line [1-9][0-9]*"),
            line -> assertThat(line).matches("wide at Refused.wide line [1-9][0-9]*"),
            line -> assertThat(line).matches("constructor at Refused.<init> line [1-9][0-9]*"),
            line -> assertThat(line).matches("default at Refused\\$Face.greet line [1-9][0-9]*"),
            line -> assertThat(line).matches("record at Refused\\$Pair.<init> line [1-9][0-9]*"),
            line -> assertThat(line).matches("type at Refused\\$Type.outer line [1-9][0-9]*"));
    assertThat(result.out().subList(6, 12))
        .as("the second time, also where the refusal must not count as an entry")
        .isEqualTo(result.out().subList(0, 6));
    assertThat(result.out().get(12)).isEqualTo("bodies 2");
  }

  @Test
  void theExceptionSaysWhichLimiterAndWhenAgain() {
    assertThat(run(DETAILS, "Details").out())
        .containsExactly(
            "above capacity: two, never, null",
            "2 left",
            "at once: two, in 30 minutes, null",
            "hopeless: two, in 30 minutes, null",
            "limiter's own timeout: two, in 30 minutes, null",
            "waited: false",
            "heavy: ten, in 12 minutes, null",
            "1 left");
  }

  @Test
  void withoutTheAnnotationsJarItIsOneOfTheJdksOwnWithTheSameMessage() {
    Path classes = Programs.compile(ANY);
    List<String> with = Jvm.on(jdk).agent(LIMITERS).program(classes).main("Any").run().ok().out();
    List<String> without =
        Jvm.on(jdk).agent(LIMITERS).classPath(classes).main("Any").run().ok().out();

    assertThat(with)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("dev.tollgate.RateLimitExceededException: "),
            line -> assertThat(line).isEqualTo("passed"),
            line -> assertThat(line).isEqualTo("passed"),
            line -> assertThat(line).startsWith("dev.tollgate.RateLimitExceededException: "),
            line -> assertThat(line).startsWith("dev.tollgate.UnknownLimiterException: "));
    assertThat(without)
        .containsExactlyElementsOf(
            with.stream()
                .map(
                    line ->
                        line.replace(
                                "dev.tollgate.RateLimitExceededException",
                                "java.util.concurrent.RejectedExecutionException")
                            .replace(
                                "dev.tollgate.UnknownLimiterException",
                                "java.lang.IllegalArgumentException"))
                .toList());
  }

  private JvmResult run(String program, String main) {
    return Jvm.on(jdk).agent(LIMITERS).program(Programs.compile(program)).main(main).run().ok();
  }
}
