package dev.tollgate.agent.it;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The JDKs that forked JVMs run on: the one that runs this test, and one of another age. */
final class Jdks {
  private static final int OLDEST = 17;
  private static final int NEWEST = 25;

  private static final Jdk RUNNING =
      new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
  private static final Jdk OTHER = other();

  private Jdks() {}

  /** Two, always; the second may be {@linkplain Jdk#absent absent}. */
  static List<Jdk> all() {
    return List.of(RUNNING, OTHER);
  }

  private static Jdk other() {
    boolean runsOnNewest = RUNNING.feature() >= NEWEST;
    Optional<Jdk> found =
        candidates()
            .map(Jdks::read)
            .flatMap(Optional::stream)
            .filter(jdk -> runsOnNewest ? jdk.feature() == OLDEST : jdk.feature() >= NEWEST)
            .max(Comparator.comparingInt(Jdk::feature));
    Jdk other = found.orElse(Jdk.absent(runsOnNewest ? OLDEST : NEWEST));
    System.out.println(
        "Forked JVMs run on "
            + RUNNING
            + (found.isPresent() ? " and " + other.home() : "; SKIPPED: no " + other + " found"));
    return other;
  }

  private static Stream<Path> candidates() {
    List<Path> candidates = new ArrayList<>();
    for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
      String name = variable.getKey();
      if (name.startsWith("JAVA_HOME") || name.equals("JDK_HOME")) {
        candidates.add(Path.of(variable.getValue()));
      }
    }
    Path user = Path.of(System.getProperty("user.home"));
    Stream.of(
            RUNNING.home().toAbsolutePath().getParent(),
            Path.of("/usr/lib/jvm"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            user.resolve(".sdkman/candidates/java"),
            user.resolve(".jdks"))
        .flatMap(Jdks::children)
        .forEach(candidates::add);
    return candidates.stream().flatMap(home -> Stream.of(home, home.resolve("Contents/Home")));
  }

  private static Stream<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static Optional<Jdk> read(Path home) {
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
      String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
      boolean isJdk =
          Files.isExecutable(home.resolve("bin/java"))
              && Files.isExecutable(home.resolve("bin/javac"));
      return isJdk
          ? Optional.of(new Jdk(Runtime.Version.parse(version).feature(), home))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
