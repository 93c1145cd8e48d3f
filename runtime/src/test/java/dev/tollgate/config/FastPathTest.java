package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tollgate.RateLimited;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs a program that nothing is configured for. */
class FastPathTest {
  @TempDir Path directory;

  @Test
  void theLibraryIsNeededForAFileInHoconAndForNothingElse() throws Exception {
    URL[] withoutLibrary = {place(SettingsLoader.class), place(RateLimited.class)};
    try (URLClassLoader loader =
        // Without a parent: the platform's loader finds the modules of this test, library and all.
        new URLClassLoader(withoutLibrary, null)) {
      Method load =
          loader
              .loadClass(SettingsLoader.class.getName())
              .getMethod("load", String.class, Properties.class, Map.class, ClassLoader.class);
      Path hocon = Files.writeString(directory.resolve("t.conf"), "tollgate.quiet = true");
      Path properties =
          Files.writeString(directory.resolve("t.properties"), "tollgate.quiet = true");

      assertThat(load.invoke(null, null, new Properties(), Map.of(), loader))
          .hasToString(TollgateSettings.defaults().toString());
      assertThat(load.invoke(null, "config=" + properties, new Properties(), Map.of(), loader))
          .asString()
          .contains("quiet=true");
      assertThat(
              catchThrowable(
                  () -> load.invoke(null, "config=" + hocon, new Properties(), Map.of(), loader)))
          .isInstanceOf(InvocationTargetException.class)
          .hasStackTraceContaining("NoClassDefFoundError")
          .hasStackTraceContaining("com.typesafe.config");
    }
  }

  @Test
  void nothingConfiguredLoadsTheSettingsAlone() throws Exception {
    List<String> loaded = classesLoadedWhile("nothing");

    assertThat(loaded)
        .filteredOn(name -> !name.startsWith("java."))
        .containsExactlyInAnyOrder(
            SettingsLoader.class.getName(),
            TollgateSettings.class.getName(),
            OnUnknownLimiter.class.getName(),
            OnMissed.class.getName());
    assertThat(loaded).noneMatch(FastPathTest::costs);
  }

  @Test
  void aSystemPropertyLoadsNothingThatCosts() throws Exception {
    assertThat(classesLoadedWhile("something"))
        .contains(Layers.class.getName())
        .noneMatch(FastPathTest::costs);
  }

  @Test
  void whatCostsWouldBeSeen() throws Exception {
    assertThat(classesLoadedWhile("lambda")).anyMatch(FastPathTest::costs);
  }

  /** What takes milliseconds of a program's start that aren't its own. */
  private static boolean costs(String name) {
    return name.startsWith("java.lang.invoke.")
        || name.startsWith("java.util.regex.")
        || name.startsWith("java.util.stream.")
        || name.startsWith("java.util.Formatter")
        || name.startsWith("java.nio.file.")
        || name.startsWith("com.typesafe.");
  }

  private static List<String> classesLoadedWhile(String configured)
      throws IOException, URISyntaxException {
    String classPath =
        String.join(
            File.pathSeparator,
            file(SettingsLoader.class),
            file(RateLimited.class),
            file(FastPathProgram.class));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load=info:stdout:none",
                "-cp",
                classPath,
                FastPathProgram.class.getName(),
                configured)
            .redirectErrorStream(true)
            .start();
    List<String> loaded = new ArrayList<>();
    boolean between = false;
    List<String> lines;
    try (var reader = process.inputReader()) {
      lines = reader.lines().toList();
    }
    for (String line : lines) {
      if (line.contains(FastPathProgram.Begin.class.getName() + " ")) {
        between = true;
      } else if (line.contains(FastPathProgram.End.class.getName() + " ")) {
        return loaded;
      } else if (between && line.contains(" source:")) {
        loaded.add(line.substring(0, line.indexOf(' ')));
      }
    }
    throw new AssertionError(String.join("\n", lines));
  }

  private static URL place(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static String file(Class<?> type) throws URISyntaxException {
    return Path.of(place(type).toURI()).toString();
  }
}
