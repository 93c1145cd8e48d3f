package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An attach that the JVM or a fault of ours keeps from limiting everything. */
@OnEachJdk
class IncompleteAttachIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;
      import java.io.BufferedReader;
      import java.io.InputStreamReader;

      public class Partly {
        static class First {
          @RateLimited("one")
          static void call() {}
        }

        static class Fixed {
          @RateLimited("one")
          static void call() {}
        }

        static class Last {
          @RateLimited("two")
          static void call() {}
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
          First.call();
          Fixed.call();
          Last.call();
          System.out.println("ready");
          BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(
                switch (line) {
                  case "first" -> calls(First::call);
                  case "fixed" -> calls(Fixed::call);
                  case "last" -> calls(Last::call);
                  default ->
                      String.valueOf(
                          Thread.getAllStackTraces().keySet().stream()
                              .filter(thread -> thread.getName().startsWith("tollgate"))
                              .count());
                });
          }
        }
      }
      """;

  /** Gives the class other bytes when it is retransformed, which the JVM refuses. */
  private static final String OTHER_AGENT =
      """
      import java.io.InputStream;
      import java.lang.instrument.*;
      import java.security.ProtectionDomain;

      public class Other implements ClassFileTransformer {
        static byte[] bytes;

        public static void premain(String name, Instrumentation instrumentation)
            throws Exception {
          try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
            bytes = in.readAllBytes();
          }
          instrumentation.addTransformer(new Other(), true);
        }

        @Override
        public byte[] transform(
            ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] file) {
          return type != null && name.equals("Partly$Fixed") ? bytes : null;
        }
      }
      """;

  private static final String[] LIMITS = {
    "limiters.one.permits=1", "limiters.one.period=1h", "limiters.one.timeout=0",
    "limiters.two.permits=1", "limiters.two.period=1h", "limiters.two.timeout=0"
  };

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void limitsAllButTheClassThatTheJvmDoesNotLetItChangeAndSaysSo() throws Exception {
    // Of another name, and so not to be taken for it: NoClassDefFoundError.
    Path other =
        Jars.pack(
            folder.resolve("other.jar"),
            Programs.compile(OTHER_AGENT),
            Map.of("Premain-Class", "Other", "Can-Retransform-Classes", "true"));
    try (RunningJvm jvm = start(program().agent(other, "Partly$Last"))) {
      JvmResult attached = CommandLine.on(jdk, "attach", jvm, LIMITS).run();

      assertThat(attached.exit()).as("%s", attached).isEqualTo(1);
      assertThat(attached.out()).isEmpty();
      assertThat(attached.err())
          .singleElement()
          .asString()
          .contains("is active, but", "stay unlimited (1;", "Partly$Fixed");
      assertThat(jvm.ask("first")).isEqualTo("1 passed");
      assertThat(jvm.ask("last")).isEqualTo("1 passed");
      assertThat(jvm.ask("fixed")).isEqualTo("2 passed");
      try (Jmx jmx = Jmx.of(jvm)) {
        jmx.await(Jmx.agent(), Duration.ofSeconds(20));
        assertThat(jmx.table("Missed"))
            .singleElement()
            .satisfies(row -> assertThat(row.get("class")).isEqualTo("Partly$Fixed"))
            .satisfies(row -> assertThat(row.get("why")).contains("loaded before the agent"));
      }
      JvmResult detached = CommandLine.on(jdk, "detach", jvm).run();
      assertThat(detached.exit()).as("%s", detached).isZero();
      assertThat(jvm.ask("first")).isEqualTo("2 passed");
      jvm.end().ok();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"java/lang/OutOfMemoryError", "java/lang/NoClassDefFoundError"})
  void isUndoneWhereItCannotGoOn(String thrown) throws IOException {
    Path broken =
        BrokenAgent.make(
            folder.resolve("broken.jar"), "agent.start.LoadedClasses", "retransform", thrown);
    try (RunningJvm jvm = start(program())) {
      for (int i = 0; i < 2; i++) {
        JvmResult attached =
            Jvm.on(jdk)
                .main("-jar", broken.toString(), "attach", "--timeout", "1m", jvm.pid())
                .main(LIMITS)
                .run();
        assertThat(attached.exit()).as("%s", attached).isEqualTo(1);
        assertThat(attached.err()).singleElement().asString().contains(BrokenAgent.INJECTED);
        for (String each : List.of("first", "fixed", "last")) {
          assertThat(jvm.ask(each)).isEqualTo("2 passed");
        }
        assertThat(jvm.ask("threads")).isEqualTo("0");
      }
      JvmResult result = jvm.end().ok();
      assertThat(result.err())
          .hasSize(2)
          .allMatch(line -> line.startsWith("tollgate: not active, no call is limited: "));
    }
  }

  private Jvm program() {
    Jvm jvm = Jvm.on(jdk).program(Programs.compile(PROGRAM)).main("Partly");
    return jdk.feature() >= 21 ? jvm.option("-XX:+EnableDynamicAgentLoading") : jvm;
  }

  private static RunningJvm start(Jvm program) {
    RunningJvm jvm = program.start();
    assertThat(jvm.nextLine()).isEqualTo("ready");
    return jvm;
  }
}
