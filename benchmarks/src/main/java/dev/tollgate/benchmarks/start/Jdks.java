package dev.tollgate.benchmarks.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the two JDKs that the figures are for. */
final class Jdks {
  static final List<Integer> WANTED = List.of(17, 25);

  private Jdks() {}

  /** Those of {@link #WANTED} that this machine has, the one that runs this before others. */
  static List<Jdk> found() {
    List<Jdk> all = candidates().flatMap(home -> Jdk.at(home).stream()).toList();
    List<Jdk> found = new ArrayList<>();
    for (int feature : WANTED) {
      Optional<Jdk> jdk =
          all.stream().filter(candidate -> candidate.feature() == feature).findFirst();
      jdk.ifPresent(found::add);
    }
    return found;
  }

  private static Stream<Path> candidates() {
    Path running = Path.of(System.getProperty("java.home"));
    Path user = Path.of(System.getProperty("user.home"));
    Stream<Path> named =
        System.getenv().entrySet().stream()
            .filter(variable -> variable.getKey().startsWith("JAVA_HOME"))
            .sorted(Map.Entry.comparingByKey())
            .map(variable -> Path.of(variable.getValue()));
    Stream<Path> usual =
        Stream.of(
                running.toAbsolutePath().getParent(),
                Path.of("/usr/lib/jvm"),
                Path.of("/Library/Java/JavaVirtualMachines"),
                user.resolve(".sdkman/candidates/java"),
                user.resolve(".jdks"))
            .flatMap(Jdks::children);
    return Stream.of(Stream.of(running), named, usual)
        .flatMap(homes -> homes)
        .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")));
  }

  private static Stream<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted(Comparator.naturalOrder()).toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
