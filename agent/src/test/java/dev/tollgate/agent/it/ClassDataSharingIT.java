package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Programs whose classes come from an archive: calls are limited, and the archive is used. */
@OnEachJdk
class ClassDataSharingIT {
  private static final String PROGRAM =
      """
      import dev.tollgate.RateLimited;

      class Archived {
        static class Plain {
          static String name() {
            return "plain";
          }
        }

        @RateLimited(value = "one", timeout = "0")
        static void method() {}

        @RateLimited(value = "one", timeout = "0")
        static class Type {
          public static void outer() {
            inner();
          }

          public static void inner() {}
        }

        static void run(Runnable call) {
          try {
            call.run();
            System.out.println("passed");
          } catch (RuntimeException e) {
            System.out.println(e.getClass().getSimpleName());
          }
        }

        public static void main(String[] args) {
          System.out.println(Plain.name());
          run(Type::outer);
          run(Archived::method);
          run(Archived::method);
        }
      }
      """;
  private static final List<String> UNLIMITED = List.of("plain", "passed", "passed", "passed");
  private static final List<String> LIMITED =
      List.of("plain", "passed", "passed", "RateLimitExceededException");

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void anArchiveThatWasMadeWithoutTheAgent() throws IOException {
    assumeTrue(jdk.feature() < 25, "of any agent 25 itself says that it isn't in such an archive");
    Path archive = folder.resolve("app.jsa");
    JvmResult making =
        program().option("-XX:ArchiveClassesAtExit=" + archive).main("Archived").run().ok();
    assertThat(making.out()).as("%s", making).isEqualTo(UNLIMITED);

    assertLimitedOutOf(archive, "-XX:SharedArchiveFile=" + archive);
  }

  /** With java.instrument all the same: a cache is for those modules that it was made with. */
  @Test
  void anAotCacheThatWasTrainedWithoutTheAgent() throws IOException {
    assumeTrue(jdk.feature() >= 25, "-XX:AOTCacheOutput came with 25");
    Path cache = folder.resolve("app.aot");
    JvmResult training =
        program()
            .option("--add-modules", "java.instrument")
            .option("-XX:AOTCacheOutput=" + cache)
            .main("Archived")
            .run()
            .ok();
    assertThat(training.out()).as("%s", training).containsAll(UNLIMITED);

    assertLimitedOutOf(cache, "-XX:AOTCache=" + cache, "-XX:AOTMode=on");
  }

  @Test
  void anAotCacheThatWasTrainedWithTheAgent() throws IOException {
    assumeTrue(jdk.feature() >= 25, "-XX:AOTCacheOutput came with 25");
    Path cache = folder.resolve("app.aot");
    JvmResult training =
        limited().option("-XX:AOTCacheOutput=" + cache).main("Archived").run().ok();
    assertThat(training.out()).as("%s", training).containsAll(LIMITED);

    assertLimitedOutOf(cache, "-XX:AOTCache=" + cache, "-XX:AOTMode=on");
  }

  private void assertLimitedOutOf(Path archive, String... options) throws IOException {
    assertThat(archive).exists();
    Path loads = folder.resolve("loads");
    JvmResult result =
        limited()
            .option(options)
            .option("-Xlog:class+load:file=" + loads)
            .main("Archived")
            .run()
            .ok();

    assertThat(result.out()).as("%s", result).isEqualTo(LIMITED);
    assertThat(result.err()).as("%s", result).hasSize(1);
    assertThat(Files.readAllLines(loads))
        .anyMatch(line -> line.contains(" Archived$Plain source: shared objects file"));
  }

  private Jvm limited() {
    return program().agent("limiters.one.permits=2,limiters.one.period=1h");
  }

  private Jvm program() {
    Path jar = folder.resolve("app.jar");
    if (!Files.exists(jar)) {
      Jars.pack(jar, Programs.compile(PROGRAM), Map.of());
    }
    return Jvm.on(jdk).classPath(jar, Artifacts.ANNOTATIONS);
  }
}
