package dev.tollgate.benchmarks.start;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** A JDK that programs are started with. */
record Jdk(int feature, String version, Path home) {

  /** The one at {@code home}; empty where there is none. */
  static Optional<Jdk> at(Path home) {
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
      Runtime.Version version =
          Runtime.Version.parse(release.getProperty("JAVA_VERSION", "").replace("\"", ""));
      Jdk jdk = new Jdk(version.feature(), version.toString(), home);
      return Files.isExecutable(jdk.java()) ? Optional.of(jdk) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Path java() {
    return home.resolve("bin/java");
  }
}
