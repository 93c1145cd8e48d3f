package dev.tollgate.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.limiter.RateLimitOverrides;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What a JVM is given as configuration, for a test to load. */
final class Given {
  private final Path directory;
  private final Properties systemProperties = new Properties();
  private final Map<String, String> environment = new HashMap<>();
  private @Nullable String agentArguments;
  private ClassLoader resources = new URLClassLoader(new URL[0], null);

  Given(Path directory) {
    this.directory = directory;
  }

  /** Writes a file and returns its path. */
  String write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file in HOCON, named by the environment variable. */
  Given file(String text) {
    return environment("TOLLGATE_CONFIG", write("t.conf", text));
  }

  Given systemProperty(String name, Object value) {
    systemProperties.put(name, value);
    return this;
  }

  Given environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Given agentArguments(@Nullable String text) {
    agentArguments = text;
    return this;
  }

  /** The directory is where resources are found. */
  Given resources() {
    try {
      return resources(directory.toUri().toURL());
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  Given resources(URL place) {
    resources = new URLClassLoader(new URL[] {place}, null);
    return this;
  }

  TollgateSettings load() {
    return SettingsLoader.load(agentArguments, systemProperties, environment, resources);
  }

  RateLimitOverrides limiter(String name) {
    return Objects.requireNonNull(load().limiters().get(name), name);
  }

  /** The message of the failure to load, with {@code DIR} for the directory. */
  String failure() {
    return message(catchThrowableOfType(ConfigurationException.class, this::load));
  }

  String message(ConfigurationException e) {
    return String.valueOf(Objects.requireNonNull(e, "it did not fail").getMessage())
        .replace(directory.toString(), "DIR");
  }
}
