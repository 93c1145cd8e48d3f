package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Weights and keys, several limits and fallbacks, in JVMs of their own. */
@OnEachJdk
class ArgumentsIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.LimitKey;
      import dev.tollgate.RateLimited;
      import dev.tollgate.Weight;
      import dev.tollgate.limiter.RateLimiters;
      import java.util.Arrays;
      import java.util.concurrent.RejectedExecutionException;

      class Arguments {
        enum Size {
          SMALL(1), LARGE(4);

          @RateLimited("ten")
          Size(@Weight int tokens) {}
        }

        class Inner {
          @RateLimited("ten")
          Inner(@Weight Long tokens) {}
        }

        @RateLimited("three")
        private static void keyed(@LimitKey Object key) {}

        @RateLimited("three")
        static void combined(@LimitKey String user, @LimitKey int shard) {}

        @RateLimited("three")
        @RateLimited("five")
        static void perUserAndInAll(@LimitKey String user) {}

        @RateLimited("ten")
        @RateLimited(value = "five", weight = 2)
        static void joint() {}

        @RateLimited(value = "none", fallback = "cached")
        String fresh(int id) {
          return "fresh " + id;
        }

        private String cached(int id, Throwable refusal) {
          return "cached " + id + ", " + refusal.getClass().getSimpleName();
        }

        @RateLimited(value = "ten", fallback = "misfit")
        static int unanswered() {
          return 1;
        }

        static String misfit() {
          return "";
        }

        @RateLimited("ten")
        static void weighed(@Weight String text) {}

        static void useless(@LimitKey String key) {}

        static long tokens(String limiter) {
          return RateLimiters.get(limiter).availablePermits();
        }

        static int granted(Runnable call) {
          int granted = 0;
          try {
            while (true) {
              call.run();
              granted++;
            }
          } catch (RejectedExecutionException e) {
            return granted;
          }
        }

        public static void main(String[] args) {
          System.out.println(Size.LARGE + " leaves " + tokens("ten"));
          new Arguments().new Inner(2L);
          System.out.println("inner leaves " + tokens("ten"));
          try {
            new Arguments().new Inner(null);
          } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
          }
          for (Object key : new Object[] {"a", null, 7L, Arrays.asList("a", null)}) {
            System.out.println(key + ": " + granted(() -> keyed(key)));
          }
          System.out.println("a, null again: " + granted(() -> combined("a", 1)));
          System.out.println("a, 2: " + granted(() -> combined("a", 2)));
          System.out.println("u: " + granted(() -> perUserAndInAll("u")));
          System.out.println("v: " + granted(() -> perUserAndInAll("v")));
          RateLimiters.get("five").tryAcquire(tokens("five"));
          System.out.println("joint: " + granted(() -> joint()) + " of " + tokens("ten"));
          System.out.println(new Arguments().fresh(5));
          System.out.println(new Arguments().fresh(6));
          weighed("x");
          System.out.println("of a text: " + tokens("ten"));
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void decideWhatIsTakenOfWhichBucketAndWhoAnswers() {
    JvmResult result =
        Jvm.on(jdk)
            .agent(
                String.join(
                    ",",
                    limiter("ten", 10),
                    limiter("five", 5),
                    limiter("three", 3),
                    limiter("none", 1)))
            .option("-Xverify:all")
            .program(Programs.compile(PROGRAM))
            .main("Arguments")
            .run()
            .ok();

    assertThat(result.out())
        .as("%s", result)
        .containsExactly(
            "LARGE leaves 5",
            "inner leaves 3",
            "the weight of a call to Arguments$Inner.<init>(Arguments,Long) is null",
            "a: 3",
            "null: 3",
            "7: 3",
            "[a, null]: 3",
            "a, null again: 3",
            "a, 2: 3",
            "u: 3",
            "v: 2",
            "joint: 0 of 3",
            "fresh 5",
            "cached 6, RateLimitExceededException",
            "of a text: 2");
    assertThat(result.err())
        .as("%s", result)
        .filteredOn(line -> line.contains("missed"))
        .hasSize(3)
        .anyMatch(
            line ->
                line.contains("Arguments.unanswered(): fallback 'misfit'")
                    && line.contains("static int misfit()"))
        .anyMatch(
            line -> line.contains("Arguments.weighed(String): @Weight is on a parameter of type"))
        .anyMatch(line -> line.contains("Arguments.useless(String): @LimitKey does nothing"));
  }

  private static String limiter(String name, int permits) {
    String key = "limiters." + name + ".";
    return key + "permits=" + permits + "," + key + "period=366d," + key + "timeout=0";
  }
}
