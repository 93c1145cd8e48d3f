package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/**
 * The agent attached to a program of thousands of classes. The JVM keeps a second version of each
 * class that is retransformed.
 */
@OnEachJdk
class LargeProgramIT {
  /** One of many, which differ in their name. */
  private static final String ONE_OF_MANY =
      """
      import java.util.*;
      import java.util.function.*;

      public class One00000 extends Large.Above implements Large.Other {
        private int a;
        private String b = "One00000 text";
        private final Map<String, List<Integer>> lists = new HashMap<>();

        public String text(String given, long more) {
          StringBuilder text = new StringBuilder().append(given).append(more);
          try {
            text.append(Integer.parseInt(given));
          } catch (NumberFormatException e) {
            text.append(e.getMessage());
          } finally {
            a++;
          }
          return text.toString();
        }

        public Function<String, Integer> function() {
          return text -> text.length() + a;
        }

        public void put(String key, int value) {
          lists.computeIfAbsent(key, unused -> new ArrayList<>()).add(value);
        }

        public int get(String key) {
          return lists.getOrDefault(key, List.of()).stream().mapToInt(Integer::intValue).sum();
        }

        public static long parse(String text) throws java.io.IOException {
          try (var reader = new java.io.BufferedReader(new java.io.StringReader(text))) {
            return Long.parseLong(reader.readLine());
          }
        }

        public String name(int number) {
          return switch (number) {
            case 0 -> "zero";
            case 1 -> "one";
            case 2 -> "two";
            default -> "many" + number;
          };
        }

        @Override
        public boolean equals(Object other) {
          return other instanceof One00000 one && one.a == a && Objects.equals(one.b, b);
        }

        @Override
        public int hashCode() {
          return Objects.hash(a, b, lists);
        }

        @Override
        public void other() {
          put(b, a);
        }
      }
      """;

  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import java.io.*;
      import java.nio.charset.StandardCharsets;
      import java.util.*;

      public class Large {
        @RateLimited("one")
        static void annotated() {}

        interface Face {
          @RateLimited("one")
          void call();
        }

        interface Below extends Face {}

        static class Implementing implements Below {
          @Override
          public void call() {}
        }

        static class Inheriting extends Implementing {
          @Override
          public void call() {}
        }

        static class Ruled {
          static void ruled() {}
        }

        static class WithLambda {
          static Below lambda() {
            return () -> {};
          }
        }

        public static class Above {}

        public interface Other {
          void other();
        }

        static class Defining extends ClassLoader {
          Defining() {
            super(Large.class.getClassLoader());
          }

          Class<?> define(String name, byte[] file) {
            return defineClass(name, file, 0, file.length);
          }
        }

        static String calls(Runnable call) {
          int passed = 0;
          for (int i = 0; i < 2; i++) {
            try {
              call.run();
              passed++;
            } catch (RuntimeException e) {
              // Counted below.
            }
          }
          return passed + " passed";
        }

        public static void main(String[] args) throws Exception {
          byte[] file = Large.class.getResourceAsStream("One00000.class").readAllBytes();
          String text = new String(file, StandardCharsets.ISO_8859_1);
          Defining loader = new Defining();
          List<Object> all = new ArrayList<>();
          for (int i = 1; i <= 3_000; i++) {
            String name = String.format("One%05d", i);
            byte[] own = text.replace("One00000", name).getBytes(StandardCharsets.ISO_8859_1);
            all.add(loader.define(name, own).getDeclaredConstructor().newInstance());
          }
          Face inheriting = new Inheriting();
          Face lambda = WithLambda.lambda();
          Ruled.ruled();
          System.out.println(all.size());
          BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(
                switch (line) {
                  case "annotated" -> calls(Large::annotated);
                  case "inherited" -> calls(inheriting::call);
                  case "ruled" -> calls(Ruled::ruled);
                  default -> calls(lambda::call);
                });
          }
        }
      }
      """;

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void isLimitedWhereMetaspaceHasNoRoomForASecondVersionOfEachClass() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("large.conf"),
            """
            tollgate {
              limiters.one { permits = 1, period = 1h, timeout = 0 }
              limiters.two { permits = 1, period = 1h, timeout = 0 }
              rules = [ { method = "Large$Ruled#ruled", limiter = two } ]
            }
            """);
    Jvm program =
        Jvm.on(jdk)
            .option("-XX:MaxMetaspaceSize=46m")
            .program(Programs.compile(PROGRAM, ONE_OF_MANY))
            .main("Large");
    if (jdk.feature() >= 21) {
      program.option("-XX:+EnableDynamicAgentLoading");
    }
    try (RunningJvm jvm = program.start()) {
      assertThat(jvm.nextLine()).isEqualTo("3000");
      JvmResult attached = CommandLine.on(jdk, "attach", jvm, "config=" + file).run();
      assertThat(attached.exit()).as("%s", attached).isZero();

      assertThat(jvm.ask("annotated")).isEqualTo("1 passed");
      assertThat(jvm.ask("inherited")).isEqualTo("0 passed");
      assertThat(jvm.ask("ruled")).isEqualTo("1 passed");
      assertThat(jvm.ask("lambda")).isEqualTo("2 passed");
      try (Jmx jmx = Jmx.of(jvm)) {
        jmx.await(Jmx.agent(), Duration.ofSeconds(20));
        assertThat(jmx.table("Missed"))
            .singleElement()
            .satisfies(row -> assertThat(row.get("class")).isEqualTo("Large$WithLambda"));
      }
      JvmResult detached = CommandLine.on(jdk, "detach", jvm).run();
      assertThat(detached.exit()).as("%s", detached).isZero();
      assertThat(jvm.ask("annotated")).isEqualTo("2 passed");
      assertThat(jvm.end().exit()).isZero();
    }
  }
}
