package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import org.junit.jupiter.api.Test;

/** What is in the jar, and where. */
class AgentJarIT {
  private static final long TWELVE_MEGABYTES = 12_000_000;

  @Test
  void theProgramsClassPathFindsNothingInItButTheLauncher() throws IOException {
    List<String> launcher =
        names().stream()
            .filter(name -> !name.startsWith("inst/"))
            .filter(n -> !n.startsWith("META-INF/"))
            .toList();

    assertThat(launcher)
        .contains("dev/tollgate/agent/Agent.class", "dev/tollgate/agent/Main.class")
        .allMatch(
            name ->
                name.matches("dev/tollgate/agent/[A-Za-z$-]+\\.class")
                    || List.of("dev/", "dev/tollgate/", "dev/tollgate/agent/").contains(name));
    assertThat(launcher.stream().filter(name -> name.endsWith(".class"))).hasSizeLessThan(8);
  }

  @Test
  void everythingElseStandsInTheAgentsOwnFolder() throws IOException {
    assertThat(unpackedNames())
        .contains(
            "inst/dev/tollgate/RateLimitExceededException.class",
            "inst/dev/tollgate/limiter/RateLimiters.class",
            "inst/dev/tollgate/config/SettingsLoader.class",
            "inst/java/lang/TollgateDispatcher.class",
            "inst/com/typesafe/config/Config.class",
            "inst/oshi/SystemInfo.class",
            "inst/picocli/CommandLine.class");
    assertThat(names())
        .contains("inst/classes.jar", "inst/classes.index", "inst/oshi.properties")
        .doesNotHaveDuplicates()
        .noneMatch(name -> name.startsWith("java/"))
        .noneMatch(name -> name.startsWith("META-INF/services/"))
        .noneMatch(name -> name.startsWith("META-INF/versions/"))
        .noneMatch(name -> name.matches(".*\\.(SF|RSA|DSA)"))
        .noneMatch(name -> name.contains("jspecify"));
  }

  /** A JVM reads all names of entries in a jar that it is started with. */
  @Test
  void itHasFewEntries() throws IOException {
    assertThat(names()).hasSizeLessThan(150);
    assertThat(names()).noneMatch(name -> name.matches("inst/.*\\.class"));
  }

  /** For whoever wants to know what is in it. */
  @Test
  void theClassesStandInAJarInside() throws IOException {
    List<String> inside = new ArrayList<>();
    try (JarFile jar = jar();
        JarInputStream classes =
            new JarInputStream(jar.getInputStream(jar.getEntry("inst/classes.jar")))) {
      for (JarEntry e = classes.getNextJarEntry(); e != null; e = classes.getNextJarEntry()) {
        inside.add("inst/" + e.getName());
      }
    }
    assertThat(inside)
        .containsExactlyInAnyOrderElementsOf(
            unpackedNames().stream().filter(name -> name.matches("inst/.*\\.class")).toList());
  }

  @Test
  void theAgentsLoaderGivesEachClassAsItWasBuilt() throws Exception {
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (JarFile built = unpacked();
        URLClassLoader launcher =
            new URLClassLoader(new URL[] {Artifacts.AGENT.toUri().toURL()}, platform)) {
      Method open =
          launcher
              .loadClass("dev.tollgate.agent.AgentClassLoader")
              .getDeclaredMethod("open", ClassLoader.class);
      open.setAccessible(true);
      ClassLoader agent = (ClassLoader) open.invoke(null, platform);
      List<String> classes =
          unpackedNames().stream().filter(name -> name.matches("inst/.*\\.class")).toList();

      assertThat(classes).hasSizeGreaterThan(2_000);
      for (String name : classes) {
        try (InputStream given = agent.getResourceAsStream(name.substring("inst/".length()))) {
          assertThat(given).as(name).isNotNull();
          assertThat(given.readAllBytes())
              .as(name)
              .isEqualTo(built.getInputStream(built.getEntry(name)).readAllBytes());
        }
      }
      assertThat(agent.getResourceAsStream("dev/tollgate/NoSuch.class")).isNull();
      assertThatThrownBy(() -> agent.loadClass("dev.tollgate.NoSuch"))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  /** Linux needs none of these; where OSHI asks the system itself, JNA unpacks its own. */
  @Test
  void theNativeCodeOfEachPlatformIsThere() throws IOException {
    assertThat(names())
        .contains(
            "inst/com/sun/jna/darwin-aarch64/libjnidispatch.jnilib",
            "inst/com/sun/jna/darwin-x86-64/libjnidispatch.jnilib",
            "inst/com/sun/jna/freebsd-x86-64/libjnidispatch.so",
            "inst/com/sun/jna/linux-x86-64/libjnidispatch.so",
            "inst/com/sun/jna/win32-aarch64/jnidispatch.dll",
            "inst/com/sun/jna/win32-x86-64/jnidispatch.dll");
  }

  @Test
  void theManifestMakesItAnAgentAndACommand() throws IOException {
    try (JarFile jar = jar()) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Premain-Class")).isEqualTo("dev.tollgate.agent.Agent");
      assertThat(manifest.getValue("Agent-Class")).isEqualTo("dev.tollgate.agent.Agent");
      assertThat(manifest.getValue("Main-Class")).isEqualTo("dev.tollgate.agent.Main");
      assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
      assertThat(manifest.getValue("Boot-Class-Path")).isNull();
      assertThat(manifest.getValue("Class-Path")).isNull();
      assertThat(manifest.getValue("Implementation-Version")).matches("[0-9].*");
    }
  }

  @Test
  void itIsSmall() throws IOException {
    assertThat(Files.size(Artifacts.AGENT)).isBetween(100_000L, TWELVE_MEGABYTES);
  }

  /** Each library inside is named with its licence, and the texts are there. */
  @Test
  void itCarriesTheLicencesOfWhatIsInside() throws IOException {
    assertThat(names())
        .contains("META-INF/LICENSE")
        .anyMatch(name -> name.matches("META-INF/licenses/byte-buddy/.*/ASM"))
        .anyMatch(name -> name.matches("META-INF/licenses/byte-buddy/.*/NOTICE"))
        .contains(
            "META-INF/licenses/jna/LIBFFI",
            "META-INF/licenses/jna/META-INF/AL2.0",
            "META-INF/licenses/oshi/LICENSE",
            "META-INF/licenses/slf4j/META-INF/LICENSE.txt");
    String thirdParty = text("META-INF/licenses/THIRD-PARTY.txt");
    assertThat(text("META-INF/LICENSE")).contains("Apache License");
    assertThat(thirdParty)
        .contains("com.typesafe:config", "info.picocli:picocli", "net.bytebuddy:byte-buddy")
        .contains("com.github.oshi:oshi-common", "net.java.dev.jna:jna-jpms", "org.slf4j:slf4j-api")
        .contains("Apache-2.0", "BSD-3-Clause", "MIT");
    List<String> libraries =
        unpackedNames().stream()
            .filter(name -> name.startsWith("inst/") && name.endsWith(".class"))
            .map(name -> name.replaceFirst("inst/((?:oshi|picocli)/|(?:[a-z0-9]+/){2}).*", "$1"))
            .distinct()
            .toList();
    assertThat(libraries)
        .containsExactlyInAnyOrder(
            "dev/tollgate/",
            "java/lang/",
            "com/sun/",
            "com/typesafe/",
            "net/bytebuddy/",
            "org/slf4j/",
            "oshi/",
            "picocli/");
  }

  /** Java 17, all of it. */
  @Test
  void everyClassRunsOnTheOldestJdk() throws IOException {
    try (JarFile jar = unpacked()) {
      for (JarEntry entry : jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        byte[] head = jar.getInputStream(entry).readNBytes(8);
        assertThat((int) head[7]).as(entry.getName()).isLessThanOrEqualTo(61);
      }
    }
  }

  private static List<String> names() throws IOException {
    try (JarFile jar = jar()) {
      return jar.stream().map(JarEntry::getName).toList();
    }
  }

  private static List<String> unpackedNames() throws IOException {
    try (JarFile jar = unpacked()) {
      return jar.stream().map(JarEntry::getName).toList();
    }
  }

  private static String text(String name) throws IOException {
    try (JarFile jar = jar()) {
      return new String(
          jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JarFile jar() throws IOException {
    return new JarFile(Artifacts.AGENT.toFile());
  }

  private static JarFile unpacked() throws IOException {
    return new JarFile(Artifacts.UNPACKED_AGENT.toFile());
  }
}
