package dev.tollgate.limiter;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** The harness in a JVM of its own, which starts one for each test, and what it found. */
final class Jcstress {
  /** Where it works, and leaves its console and its report. */
  static final Path DIRECTORY = Path.of("target", "jcstress");

  private Jcstress() {}

  /**
   * Runs every test of the class path.
   *
   * @return what came of each test in each JVM
   * @throws IllegalStateException if the harness left no results
   */
  static List<TestResult> run(List<String> arguments) throws Exception {
    deleteDirectory();
    Files.createDirectories(DIRECTORY);
    Path console = DIRECTORY.resolve("console.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(absolute(System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(arguments);
    Process harness =
        new ProcessBuilder(command)
            .directory(DIRECTORY.toFile())
            .redirectErrorStream(true)
            .redirectOutput(console.toFile())
            .start();
    try {
      // It fails where a test does, which its results say better.
      harness.waitFor();
    } finally {
      harness.destroy();
    }
    List<TestResult> results = read();
    if (results.isEmpty()) {
      throw new IllegalStateException("no results; jcstress says:\n" + Files.readString(console));
    }
    return results;
  }

  private static List<TestResult> read() throws IOException, ClassNotFoundException {
    InProcessCollector results = new InProcessCollector();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(DIRECTORY, "jcstress-results-*.bin.gz")) {
      for (Path file : files) {
        DiskReadCollector reader = new DiskReadCollector(file.toString(), results);
        reader.dump();
        reader.close();
      }
    }
    return List.copyOf(results.getTestResults());
  }

  /** The harness works elsewhere, and stumbles over what isn't there. */
  private static String absolute(String classPath) {
    List<String> entries = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      Path path = Path.of(entry).toAbsolutePath();
      if (Files.exists(path)) {
        entries.add(path.toString());
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void deleteDirectory() throws IOException {
    if (Files.exists(DIRECTORY)) {
      try (Stream<Path> files = Files.walk(DIRECTORY)) {
        files.sorted(Comparator.reverseOrder()).forEach(Jcstress::delete);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
