package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** One limiter of a name in the JVM, whoever asks for it. */
@OnEachJdk
class OneLimiterIT {
  private static final String SHARING =
      """
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimitConfig;
      import dev.tollgate.limiter.RateLimiter;
      import dev.tollgate.limiter.RateLimiters;
      import java.time.Duration;
      import java.util.concurrent.RejectedExecutionException;

      class Sharing {
        @RateLimited(value = "shared", timeout = "0")
        static void method() {}

        static String call() {
          try {
            method();
            return "passed";
          } catch (RejectedExecutionException e) {
            return "refused";
          }
        }

        public static void main(String[] args) throws Exception {
          RateLimiter shared = RateLimiters.register("shared", RateLimitConfig.of(4, Duration.ofHours(1)));
          System.out.println(call() + " " + shared.availablePermits() + " left");
          System.out.println(shared.tryAcquire(2) + " " + shared.availablePermits() + " left");
          System.out.println(call() + " " + RateLimiters.get("shared").availablePermits() + " left");
          System.out.println(call() + " " + shared.tryAcquire());
          System.out.println(shared.stats().totalRequests() + " " + shared.stats().rejectedRequests());
          System.out.println(RateLimiters.stats().get("shared").equals(shared.stats()));
        }
      }
      """;

  private static final String COPY =
      """
      package copied;

      import dev.tollgate.RateLimitExceededException;
      import dev.tollgate.RateLimited;
      import dev.tollgate.limiter.RateLimiters;

      public class Copy implements Runnable {
        static int calls;

        @RateLimited(value = "github_api", weight = 30, timeout = "0")
        static void method() {}

        @Override
        public void run() {
          Class<?> exception = RateLimitExceededException.class;
          boolean own = exception.getClassLoader() == Copy.class.getClassLoader()
              && RateLimiters.class.getClassLoader() == Copy.class.getClassLoader();
          String outcome;
          try {
            method();
            outcome = "passed";
          } catch (RateLimitExceededException e) {
            outcome = "refused";
          }
          System.out.println("call " + ++calls + " " + outcome + ", own copies " + own + ", "
              + RateLimiters.get("github_api").availablePermits() / 10 + "0 left");
        }
      }
      """;

  private static final String LOADERS =
      """
      import java.net.URL;
      import java.net.URLClassLoader;
      import java.nio.file.Path;

      class Loaders {
        public static void main(String[] args) throws Exception {
          URL[] urls = new URL[args.length];
          for (int i = 0; i < urls.length; i++) {
            urls[i] = Path.of(args[i]).toUri().toURL();
          }
          ClassLoader parent = ClassLoader.getPlatformClassLoader();
          ClassLoader left = new URLClassLoader("left", urls, parent);
          ClassLoader right = new URLClassLoader("right", urls, parent);
          Runnable one = (Runnable) left.loadClass("copied.Copy").getConstructor().newInstance();
          Runnable two = (Runnable) right.loadClass("copied.Copy").getConstructor().newInstance();
          one.run();
          two.run();
          one.run();
          two.run();
          System.out.println("ready");
          System.in.read();
        }
      }
      """;

  private static final String ALONE =
      """
      import dev.tollgate.RateLimited;

      class Alone {
        @RateLimited(value = "alone", timeout = "0")
        static void method() {}

        static boolean sees(String name) {
          try {
            Class.forName(name);
            return true;
          } catch (ClassNotFoundException e) {
            return false;
          }
        }

        public static void main(String[] args) {
          method();
          try {
            method();
          } catch (java.util.concurrent.RejectedExecutionException e) {
            System.out.println(e.getClass().getSimpleName());
          }
          System.out.println(Alone.class.getDeclaredMethods().length + " methods");
          System.out.println(Alone.class.getAnnotations().length + " annotations");
          for (String name : args) {
            System.out.println(name + " " + sees(name));
          }
          System.out.println("context loader is the system's: " + (ClassLoader.getSystemClassLoader()
              == Thread.currentThread().getContextClassLoader()));
          System.out.println("java.lang is open: "
              + Object.class.getModule().isOpen("java.lang", Alone.class.getModule()));
        }
      }
      """;

  @Parameter Jdk jdk;

  @Test
  void wovenMethodsAndTheManualApiShareIt() {
    JvmResult result =
        Jvm.on(jdk).agent("").program(Programs.compile(SHARING)).main("Sharing").run().ok();

    assertThat(result.out())
        .as("%s", result)
        .containsExactly(
            "passed 3 left", "true 1 left", "passed 0 left", "refused false", "5 2", "true");
  }

  @Test
  void classLoadersWithCopiesOfEverythingShareIt() throws Exception {
    Path program = Programs.compile(COPY);
    try (RunningJvm jvm =
        Jvm.on(jdk)
            .agent("")
            .classPath(Programs.compile(LOADERS))
            .main(
                "Loaders",
                program.toString(),
                Artifacts.ANNOTATIONS.toString(),
                Artifacts.RUNTIME.toString())
            .start()) {
      assertThat(jvm.nextLine()).isEqualTo("call 1 passed, own copies true, 70 left");
      assertThat(jvm.nextLine()).isEqualTo("call 1 passed, own copies true, 40 left");
      assertThat(jvm.nextLine()).isEqualTo("call 2 passed, own copies true, 10 left");
      assertThat(jvm.nextLine()).isEqualTo("call 2 refused, own copies true, 10 left");
      assertThat(jvm.nextLine()).isEqualTo("ready");
      try (Jmx jmx = Jmx.of(jvm)) {
        List<Map<String, String>> woven = jmx.table("Woven");
        assertThat(woven)
            .hasSize(2)
            .allMatch(row -> row.get("class").equals("copied.Copy"))
            .allMatch(row -> row.get("method").contains("method"))
            .allMatch(row -> row.get("limiter").equals("github_api"))
            .anyMatch(row -> row.get("loader").contains("left"))
            .anyMatch(row -> row.get("loader").contains("right"));
      }
      jvm.end().ok();
    }
  }

  @Test
  void anApplicationWithNoJarOfOursIsLimitedAndSeesNothingOfTheAgents() {
    String[] main = {
      "Alone",
      "dev.tollgate.RateLimited",
      "dev.tollgate.limiter.RateLimiters",
      "dev.tollgate.agent.start.AgentStart",
      "net.bytebuddy.jar.asm.ClassReader",
      "com.typesafe.config.Config",
      "picocli.CommandLine"
    };
    JvmResult result =
        Jvm.on(jdk)
            .agent("limiters.alone.permits=1,limiters.alone.period=1h,quiet=true")
            .classPath(Programs.compile(ALONE))
            .main(main)
            .run()
            .ok();

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith("RejectedExecutionException", "3 methods", "0 annotations")
        .endsWith("context loader is the system's: true", "java.lang is open: false")
        .filteredOn(line -> line.endsWith(" false"))
        .hasSize(main.length);
  }

  /** Classes that the bootstrap loader has from elsewhere than the JDK. */
  @Test
  void classesOfTheBootstrapLoaderShareItToo() {
    Path classes = Programs.compile(ALONE);
    JvmResult result =
        Jvm.on(jdk)
            .agent("limiters.alone.permits=1,limiters.alone.period=1h")
            .option("-Xbootclasspath/a:" + classes)
            .classPath(classes)
            .main("Alone")
            .run()
            .ok();

    assertThat(result.out()).as("%s", result).startsWith("RejectedExecutionException");
  }
}
