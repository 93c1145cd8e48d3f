package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs in named modules. */
@OnEachJdk
class ModulePathIT {
  private static final String PROGRAM =
      """
      package app;

      import dev.tollgate.RateLimited;
      import java.util.concurrent.RejectedExecutionException;

      public class Main {
        @RateLimited(value = "modular", timeout = "0")
        private static void method() {}

        @RateLimited(value = "modular", timeout = "0")
        static class Type {
          public void outer() {
            inner();
          }

          public void inner() {}
        }

        public static void main(String[] args) throws Exception {
          System.out.println(Main.class.getModule());
          method();
          new Type().outer();
          try {
            method();
          } catch (RejectedExecutionException e) {
            System.out.println(e.getClass().getName());
          }
          if (args.length == 1) {
            System.in.read();
          }
        }
      }
      """;
  private static final String WITH_RUNTIME =
      """
      package app;

      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;

      public class Main {
        @RateLimited(value = "modular", timeout = "0")
        private static void method() {}

        public static void main(String[] args) {
          System.out.println(Main.class.getModule() + " " + RateLimiters.class.getModule());
          method();
          System.out.println(RateLimiters.get("modular").availablePermits() + " left");
        }
      }
      """;

  private static final String LIMITER = "limiters.modular.permits=2,limiters.modular.period=1h";

  @Parameter Jdk jdk;

  /** Compiled with nothing of Tollgate but the annotations, as a user would. */
  @Test
  void aModuleThatRequiresTheAnnotations() {
    Path classes = module("requires dev.tollgate;", PROGRAM, Artifacts.ANNOTATIONS);
    JvmResult result = jvm(classes, Artifacts.ANNOTATIONS).main("-m", "app/app.Main").run().ok();

    assertThat(result.out())
        .as("%s", result)
        .containsExactly("module app", "dev.tollgate.RateLimitExceededException");
  }

  @Test
  void aModuleThatReadsNothingOfOursWhenItRuns() {
    Path classes = module("requires static dev.tollgate;", PROGRAM, Artifacts.ANNOTATIONS);
    JvmResult result = jvm(classes).main("-m", "app/app.Main").run().ok();

    assertThat(result.out())
        .as("%s", result)
        .containsExactly("module app", "java.util.concurrent.RejectedExecutionException");
  }

  @Test
  void aModuleWithTheRuntimeSharesTheLimiter() {
    Path[] ours = {Artifacts.ANNOTATIONS, Artifacts.RUNTIME};
    Path classes = module("requires dev.tollgate.runtime;", WITH_RUNTIME, ours);
    JvmResult result =
        jvm(classes, Artifacts.ANNOTATIONS, Artifacts.RUNTIME)
            .main("-m", "app/app.Main")
            .run()
            .ok();

    assertThat(result.out())
        .as("%s", result)
        .containsExactly("module app module dev.tollgate.runtime", "1 left");
  }

  /** The agent reads the file with its own copy of the runtime, not with the program's. */
  @Test
  void aModuleWithTheRuntimeDoesNotStandInForTheAgentsOwn() throws Exception {
    Path folder = Files.createDirectories(Artifacts.scratch("modular"));
    Path file =
        Files.writeString(
            folder.resolve("modular.conf"),
            "tollgate.limiters.modular { permits = 2, period = 1h }");
    Path[] ours = {Artifacts.ANNOTATIONS, Artifacts.RUNTIME};
    Path classes = module("requires dev.tollgate.runtime;", WITH_RUNTIME, ours);
    JvmResult result =
        Jvm.on(jdk)
            .agent("config=" + file)
            .option("-p", Programs.path(classes, Artifacts.ANNOTATIONS, Artifacts.RUNTIME))
            .main("-m", "app/app.Main")
            .run()
            .ok();

    assertThat(result.out()).as("%s", result).endsWith("1 left");
    assertThat(result.err()).singleElement().asString().contains(file.toString());
  }

  /** Where the program doesn't require java.management, the JVM may not have it loaded. */
  @ParameterizedTest
  @ValueSource(strings = {"requires java.management;", ""})
  void beansAreThereOrTheirLackIsSaidInALine(String requires) throws Exception {
    Path classes =
        module("requires static dev.tollgate;" + requires, PROGRAM, Artifacts.ANNOTATIONS);
    try (RunningJvm jvm = jvm(classes).main("-m", "app/app.Main", "wait").start()) {
      assertThat(jvm.nextLine()).isEqualTo("module app");
      assertThat(jvm.nextLine()).endsWith("RejectedExecutionException");
      if (!requires.isEmpty()) {
        try (Jmx jmx = Jmx.of(jvm)) {
          jmx.await(Jmx.limiter("modular"), Duration.ofSeconds(10));
        }
      }
      JvmResult result = jvm.end().ok();
      assertThat(result.err()).hasSizeBetween(1, 2).allMatch(line -> line.startsWith("tollgate: "));
    }
  }

  /** As jlink makes them. */
  @Test
  void anImageWithoutJavaManagementIsLimitedAndSaysThatItHasNoBeans() {
    Path classes = module("requires static dev.tollgate;", PROGRAM, Artifacts.ANNOTATIONS);
    JvmResult result =
        jvm(classes)
            .option("--limit-modules", "java.base,java.instrument")
            .main("-m", "app/app.Main")
            .run()
            .ok();

    assertThat(result.out())
        .as("%s", result)
        .endsWith("java.util.concurrent.RejectedExecutionException");
    assertThat(result.err())
        .as("%s", result)
        .hasSizeLessThanOrEqualTo(2)
        .allMatch(line -> line.startsWith("tollgate: "))
        .noneMatch(line -> line.contains("not active"));
  }

  private Jvm jvm(Path... modulePath) {
    return Jvm.on(jdk).agent(LIMITER).option("-p", Programs.path(modulePath));
  }

  private static Path module(String directives, String program, Path... modulePath) {
    return Programs.compile(
        List.of("--module-path", Programs.path(modulePath)),
        "module app { " + directives + " }",
        program);
  }
}
