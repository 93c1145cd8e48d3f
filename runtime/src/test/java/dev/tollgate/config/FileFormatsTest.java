package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.limiter.LimiterMode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileFormatsTest {
  @TempDir Path directory;
  private Given given;

  @BeforeEach
  void given() {
    given = new Given(directory);
  }

  private Given named(String name, String text) {
    return given.agentArguments("config=\"" + given.write(name, text) + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.conf", "t.hocon", "t", "a, b.CONF"})
  void hoconIsWhatNothingElseIs(String name) {
    named(name, "tollgate { limiters { x { burst : 5 } } } # HOCON");

    assertThat(given.limiter("x").burst()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.json", "t.JSON"})
  void json(String name) {
    named(name, "{\"tollgate\": {\"limiters\": {\"x\": {\"burst\": 5, \"timeout\": \"1s\"}}}}");

    assertThat(given.limiter("x").burst()).isEqualTo(5);
    assertThat(given.limiter("x").timeout()).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.json", "t.JSON"})
  void jsonIsNotHocon(String name) {
    assertThat(named(name, "{\n\"tollgate\": {} # comment\n}").failure())
        .startsWith("DIR/" + name + ":2: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.properties", "t.Properties"})
  void properties(String name) {
    named(
        name,
        """
        # a comment
        ! another
        other=1
        other.inner=2
          tollgate.limiters.x.burst : 5\\
            0
        tollgate.limiters.x.timeout 1s\s\s
        tollgate.limiters.x.mode=\\u006fff
        tollgate.rules.1.method=a.B#\u00fc
        tollgate.rules.1.limiter=x
        tollgate.rules.0.method=a.B#c
        tollgate.rules.0.limiter=x
        """);

    assertThat(given.limiter("x").burst()).isEqualTo(50);
    assertThat(given.limiter("x").timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(given.limiter("x").mode()).isEqualTo(LimiterMode.OFF);
    assertThat(given.load().rules()).extracting(Rule::method).containsExactly("a.B#c", "a.B#ü");
    assertThat(given.load().rules().get(0).origin()).isEqualTo(directory.resolve(name) + ":11");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=1\\\n  2\n\ntollgate.quiet = \\\n maybe\n", // continued
        "\n\n# comment \\\ntollgate.quiet=maybe", // a comment never is
        "\n\n  ! comment \\\ntollgate.quiet=maybe",
        "\n\na=C:\\\\\ntollgate.quiet=maybe", // nor what ends in a backslash of its own
        "a=1\r\n\r\n\r\ntollgate.quiet=maybe\r\n"
      })
  void thePropertiesLineIsWhereTheEntryBegins(String text) {
    assertThat(named("t.properties", text).failure())
        .isEqualTo("DIR/t.properties:4: tollgate.quiet is maybe; it must be true or false");
  }

  @Test
  void aPropertiesFileMayEndInsideAnEntry() {
    assertThat(named("t.properties", "tollgate.quiet=true\\").load().quiet()).isTrue();
  }

  @Test
  void otherPartsOfASharedFileAreNotOurs() {
    given.file(
        """
        akka { anything = ${not.known.here}, quiet = 5 }
        base = 7
        tollgate.limiters.x.burst = ${base}
        """);

    assertThat(given.limiter("x").burst()).isEqualTo(7);
  }

  @Test
  void ofASharedFileOnlyOurPartMustResolve() {
    given
        .file(
            """
            akka { anything = ${not.known.here}, known = 7 }
            tollgate.limiters.x {
              burst = 1
              burst = ${?BURST}
              capacity = ${akka.known}
            }
            """)
        .environment("BURST", "9");
    assertThat(given.limiter("x").burst()).isEqualTo(9);
    assertThat(given.limiter("x").capacity()).isEqualTo(7);

    given.file("akka.anything = ${not.known.here}\n\ntollgate.quiet = ${NOT_SET}");
    assertThat(given.failure())
        .isEqualTo(
            "DIR/t.conf:3: ${NOT_SET} has no value; define it in the file or as an environment"
                + " variable");

    given.file("akka.anything = ${not.known.here}\n\ntollgate.quiet = ${akka.anything}");
    assertThat(given.failure())
        .isEqualTo(
            "DIR/t.conf:1: ${not.known.here} has no value; define it in the file or as an"
                + " environment variable");
  }

  @Test
  void substitutionsFindTheEnvironment() {
    given
        .file(
            """
            tollgate.limiters.x {
              burst = 1
              burst = ${?BURST}
              timeout = ${SECONDS}s
              capacity = ${?NOT_SET}
            }
            """)
        .environment("BURST", "9")
        .environment("SECONDS", "4");

    assertThat(given.limiter("x").burst()).isEqualTo(9);
    assertThat(given.limiter("x").timeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(given.limiter("x").capacity()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t.conf=tollgate.limiters.x.burst = 1",
        "t.json={\"tollgate\": {\"limiters\": {\"x\": {\"burst\": 1}}}}",
        "t.properties=tollgate.limiters.x.burst=1\ntollgate.quiet=true"
      })
  void aByteOrderMarkIsNoPartOfTheText(String file) {
    int end = file.indexOf('=');
    named(file.substring(0, end), "\uFEFF" + file.substring(end + 1));

    assertThat(given.limiter("x").burst()).isEqualTo(1);
  }

  @Test
  void theEnvironmentIsTheOneThatWasGiven() {
    assertThat(System.getenv("PATH")).isNotNull();

    assertThat(given.file("tollgate.limiters.x.burst = 1${?PATH}").limiter("x").burst())
        .isEqualTo(1);
  }

  @Test
  void anIncludedFileHasItsOwnLines() {
    given.write("inner.conf", "tollgate {\n  limiters.x { burst = 1 }\n}");
    given.file("include \"inner.conf\"\ntollgate.limiters.x.permits = 2");
    assertThat(given.limiter("x").burst()).isEqualTo(1);
    assertThat(given.limiter("x").permits()).isEqualTo(2);

    given.write("inner.conf", "tollgate {\n  limiters.x { burst = z }\n}");
    assertThat(given.failure())
        .isEqualTo(
            "DIR/inner.conf:2: tollgate.limiters.x.burst is z;"
                + " it must be a whole number, at least 0");
  }

  @Test
  void aFileMayBeIncludedByItsUrl() {
    given.write("inner.conf", "tollgate.limiters.x.permits = 7");
    String url = directory.resolve("inner.conf").toUri().toString();

    assertThat(given.file("include url(\"" + url + "\")\ntollgate {}").limiter("x").permits())
        .isEqualTo(7);
    assertThat(given.file("include \"" + url + "\"\ntollgate {}").limiter("x").permits())
        .isEqualTo(7);
  }

  @Test
  void whatAFileIncludesMayIncludeNothingFromElsewhereEither() {
    given.write("inner.conf", "include \"http://127.0.0.1:9/a.conf\"");
    given.file("include \"inner.conf\"\ntollgate {}");

    assertThat(given.failure())
        .isEqualTo(
            "DIR/inner.conf: includes what is no file of this machine; include a copy of it");
  }

  @Test
  void aFileThatIsNamedWithoutItsFolderIncludesWhatIsBesideIt() throws IOException {
    Path inner = Files.createTempFile(Path.of(""), "inner", ".conf");
    Path outer = Files.createTempFile(Path.of(""), "outer", ".conf");
    try {
      Files.writeString(inner, "tollgate.limiters.x.burst = 1");
      Files.writeString(outer, "include \"" + inner + "\"\ntollgate.limiters.x.permits = 2");
      given.environment("TOLLGATE_CONFIG", outer.toString());
      assertThat(given.limiter("x").burst()).isEqualTo(1);

      Files.writeString(outer, "\ntollgate.quiet = maybe");
      assertThat(given.failure())
          .isEqualTo(outer + ":2: tollgate.quiet is maybe; it must be true or false");
    } finally {
      Files.delete(inner);
      Files.delete(outer);
    }
  }

  @Test
  void whatTwoFilesShareHasNoLine() {
    given.write("inner.conf", "tollgate.limiters.x { period = 1ns }");
    given.file("include \"inner.conf\"\ntollgate.limiters.x { permits = 2 }");

    assertThat(given.failure())
        .isEqualTo(
            "DIR/t.conf: tollgate.limiters.x: permits is 2;"
                + " it must be at most one for each nanosecond of period");
  }

  @Test
  void aResourceInAJar() throws IOException {
    Path jar = directory.resolve("a b.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("tollgate.conf"));
      zip.write("tollgate {\n  quiet = true\n}".getBytes(StandardCharsets.UTF_8));
    }
    URL url = jar.toUri().toURL();

    assertThat(given.resources(url).load().quiet()).isTrue();
    assertThat(given.load().source()).isEqualTo("jar:" + url + "!/tollgate.conf");
  }

  @Test
  void aResourceInAJarIncludesWhatStandsBesideIt() throws IOException {
    Path jar = directory.resolve("a.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, "tollgate.conf", "include \"part/a\"");
      put(zip, "part/a.conf", "include \"b.conf\"");
      put(zip, "part/b.conf", "include \"c.conf\"\ntollgate.quiet = true");
      put(zip, "c.conf", "tollgate.jmx.operations = true");
    }
    given.resources(jar.toUri().toURL());

    assertThat(given.load().quiet()).isTrue();
    assertThat(given.load().jmxOperations()).as("at the root of the class path").isTrue();
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aResourcesErrorsNameIt() throws IOException {
    Path inner = Files.createDirectory(directory.resolve("a b"));
    Files.writeString(inner.resolve("tollgate.conf"), "tollgate {\n  quiet = maybe\n}");
    given.resources(inner.toUri().toURL());
    assertThat(given.failure())
        .isEqualTo("DIR/a b/tollgate.conf:2: tollgate.quiet is maybe; it must be true or false");

    Files.writeString(inner.resolve("tollgate.conf"), "# nothing yet");
    assertThat(given.failure())
        .isEqualTo("DIR/a b/tollgate.conf: has no tollgate { … }; write the settings inside one");
  }

  @Test
  void theThreadsClassLoaderIsNotAsked() throws IOException {
    Path seenByThread = Files.createDirectory(directory.resolve("thread"));
    Files.writeString(seenByThread.resolve("inner.conf"), "tollgate.limiters.x.burst = 1");
    Files.writeString(seenByThread.resolve("tollgate.conf"), "tollgate.limiters.x.burst = 1");
    Files.writeString(seenByThread.resolve("reference.conf"), "tollgate.limiters.x.burst = 1");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    URL[] urls = {URI.create(seenByThread.toUri().toString()).toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, before)) {
      thread.setContextClassLoader(loader);

      assertThat(given.load()).isEqualTo(TollgateSettings.defaults());
      given.file("include classpath(\"inner.conf\")\ntollgate.quiet = true");
      assertThat(given.load().limiters()).isEmpty();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
