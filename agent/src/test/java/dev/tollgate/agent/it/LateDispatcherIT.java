package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Nothing is woven here: the dispatcher is there for whoever looks for it, and else it isn't. */
@OnEachJdk
class LateDispatcherIT {
  private static final String CONFIGURED = "limiters.github_api.permits=7";

  private static final List<String> PRESETS =
      List.of("filesystem", "github_api", "mcp_tools", "skill_operations", "web_research");

  private static final String PLAIN =
      """
      class Plain {
        static String dispatcher() {
          try {
            // In two parts: whoever names it brings it.
            return Class.forName("java.lang.".concat("TollgateDispatcher")).getName();
          } catch (ClassNotFoundException e) {
            return "no dispatcher";
          }
        }

        public static void main(String[] args) throws Exception {
          System.out.println(dispatcher());
          System.in.read();
          System.out.println(dispatcher());
          System.in.read();
        }
      }
      """;

  private static final String MANUAL =
      """
      import dev.tollgate.limiter.RateLimiters;
      import java.io.BufferedReader;
      import java.io.InputStreamReader;

      public class Manual implements Runnable {
        @Override
        public void run() {
          System.out.println(RateLimiters.get("github_api").config().permits() + " permits, "
              + RateLimiters.stats().size() + " limiters");
        }

        public static void main(String[] args) throws Exception {
          if (args.length > 0) {
            System.out.println("ready");
            new BufferedReader(new InputStreamReader(System.in)).readLine();
          }
          new Manual().run();
        }
      }
      """;

  private static final String LOADING =
      """
      import java.net.URL;
      import java.net.URLClassLoader;
      import java.nio.file.Path;

      class Loading {
        public static void main(String[] args) throws Exception {
          URL[] urls = new URL[args.length];
          for (int i = 0; i < urls.length; i++) {
            urls[i] = Path.of(args[i]).toUri().toURL();
          }
          for (int i = 0; i < 2; i++) {
            ClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
            ((Runnable) loader.loadClass("Manual").getConstructor().newInstance()).run();
          }
        }
      }
      """;

  private static final String EARLIER =
      """
      import java.lang.instrument.Instrumentation;

      public class Earlier {
        public static void premain(String arguments, Instrumentation instrumentation) throws Exception {
          Class.forName("dev.tollgate.limiter.Door");
        }
      }
      """;

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @Test
  void aProgramThatNeedsNoneHasNoneAndItsBeansAllTheSame() throws Exception {
    try (RunningJvm jvm =
        Jvm.on(jdk).agent("").classPath(Programs.compile(PLAIN)).main("Plain").start()) {
      assertThat(jvm.nextLine()).isEqualTo("no dispatcher");
      try (Jmx jmx = Jmx.of(jvm)) {
        for (String preset : PRESETS) {
          jmx.await(Jmx.limiter(preset), Duration.ofSeconds(10));
        }
      }
      assertThat(jvm.ask("")).isEqualTo("no dispatcher");
      jvm.end().ok();
    }
  }

  @Test
  void theProgramsOwnCopyHasTheAgentsLimiters() {
    assertSeesTheAgent(program(CONFIGURED).main("Manual").run());
  }

  @Test
  void soHaveCopiesInLoadersThatComeLate() {
    JvmResult result =
        Jvm.on(jdk)
            .agent(CONFIGURED)
            .classPath(Programs.compile(LOADING))
            .main(
                "Loading",
                Programs.compile(MANUAL).toString(),
                Artifacts.ANNOTATIONS.toString(),
                Artifacts.RUNTIME.toString())
            .run()
            .ok();

    assertThat(result.out())
        .as("%s", result)
        .containsExactly("7 permits, 5 limiters", "7 permits, 5 limiters");
  }

  @Test
  void soHasACopyThatWasMovedAndRenamed() throws IOException {
    Path moved = Files.createDirectory(folder.resolve("moved"));
    move(Artifacts.RUNTIME, moved);
    move(Artifacts.ANNOTATIONS, moved);
    move(Programs.compile(MANUAL), moved);

    assertSeesTheAgent(Jvm.on(jdk).agent(CONFIGURED).classPath(moved).main("Manual").run());
  }

  @Test
  void soHasOneOnTheBootstrapClassPath() {
    String boot = Programs.path(Artifacts.RUNTIME, Artifacts.ANNOTATIONS);

    assertSeesTheAgent(
        Jvm.on(jdk)
            .agent(CONFIGURED)
            .option("-Xbootclasspath/a:" + boot)
            .classPath(Programs.compile(MANUAL))
            .main("Manual")
            .run());
  }

  @Test
  void soHasOneThatAnotherAgentLoadedBefore() {
    assertSeesTheAgent(afterAnotherAgent().program(Programs.compile(MANUAL)).main("Manual").run());
  }

  @Test
  void soHasOneOnTheBootstrapClassPathThatAnotherAgentLoadedBefore() {
    String boot = Programs.path(Artifacts.RUNTIME, Artifacts.ANNOTATIONS);

    assertSeesTheAgent(
        afterAnotherAgent()
            .option("-Xbootclasspath/a:" + boot)
            .classPath(Programs.compile(MANUAL))
            .main("Manual")
            .run());
  }

  @Test
  void soHasOneThatAnAotCacheLoadedBefore() throws IOException {
    assumeTrue(jdk.feature() >= 25, "-XX:AOTCacheOutput came with 25");
    Path cache = folder.resolve("app.aot");
    Path jar = folder.resolve("app.jar");
    Jars.pack(jar, Programs.compile(MANUAL), Map.of());
    Jvm.on(jdk)
        .classPath(jar, Artifacts.RUNTIME, Artifacts.ANNOTATIONS)
        .option("--add-modules", "java.instrument")
        .option("-XX:AOTCacheOutput=" + cache)
        .main("Manual")
        .run()
        .ok();

    assertSeesTheAgent(
        Jvm.on(jdk)
            .classPath(jar, Artifacts.RUNTIME, Artifacts.ANNOTATIONS)
            .agent(CONFIGURED)
            .option("-XX:AOTCache=" + cache, "-XX:AOTMode=on")
            .main("Manual")
            .run());
  }

  @Test
  void whereTheAgentLeavesUnneededItsLimitersStay() {
    try (RunningJvm jvm = program(CONFIGURED).main("Manual", "wait").start()) {
      assertThat(jvm.nextLine()).isEqualTo("ready");
      assertThat(CommandLine.on(jdk, "detach", jvm).run().ok().out()).hasSize(1);

      assertThat(jvm.ask("")).isEqualTo("7 permits, 5 limiters");
      jvm.end().ok();
    }
  }

  @Test
  void andTheNextAgentGoesOnWithThem() {
    try (RunningJvm jvm = program(CONFIGURED).main("Manual", "wait").start()) {
      assertThat(jvm.nextLine()).isEqualTo("ready");
      CommandLine.on(jdk, "detach", jvm).run().ok();
      CommandLine.on(jdk, "attach", jvm, "limiters.github_api.permits=9").run().ok();

      assertThat(jvm.ask("")).isEqualTo("9 permits, 5 limiters");
      jvm.end().ok();
    }
  }

  private static void assertSeesTheAgent(JvmResult result) {
    assertThat(result.ok().out()).as("%s", result).containsExactly("7 permits, 5 limiters");
  }

  private Jvm afterAnotherAgent() {
    Path earlier = folder.resolve("earlier.jar");
    Jars.pack(earlier, Programs.compile(EARLIER), Map.of("Premain-Class", "Earlier"));
    return Jvm.on(jdk).agent(earlier, "").agent(CONFIGURED);
  }

  private Jvm program(String arguments) {
    return Jvm.on(jdk).agent(arguments).program(Programs.compile(MANUAL));
  }

  /** All classes, from {@code dev.tollgate} to {@code elsewhere}, and under other names. */
  private static void move(Path classes, Path target) throws IOException {
    if (Files.isDirectory(classes)) {
      moveAll(classes, target);
      return;
    }
    try (FileSystem jar = FileSystems.newFileSystem(classes)) {
      moveAll(jar.getPath("/"), target);
    }
  }

  private static void moveAll(Path root, Path target) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files =
          all.filter(file -> file.toString().endsWith(".class"))
              .filter(file -> !file.endsWith("module-info.class"))
              .toList();
    }
    for (Path file : files) {
      ClassWriter moved = new ClassWriter(0);
      ClassReader reader = new ClassReader(Files.readAllBytes(file));
      reader.accept(new ClassRemapper(moved, new Elsewhere()), 0);
      Path path = target.resolve(new Elsewhere().map(reader.getClassName()) + ".class");
      Files.createDirectories(path.getParent());
      Files.write(path, moved.toByteArray());
    }
  }

  private static final class Elsewhere extends Remapper {
    @Override
    public String map(String internalName) {
      return internalName.startsWith("dev/tollgate/")
          ? internalName.replaceFirst("^dev/tollgate/", "elsewhere/").replaceFirst("$", "Renamed")
          : internalName;
    }
  }
}
