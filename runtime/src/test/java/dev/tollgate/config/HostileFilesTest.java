package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that would take all memory or all time. The time-outs keep a failure from hanging. */
@Timeout(120)
class HostileFilesTest {
  private static final String TOO_MUCH =
      "DIR/t.conf: has substitutions that stand for more than 4194304 characters";

  private static final String TOO_MANY =
      "DIR/t.conf: has too many keys, sections and lists; the file and all that it includes may"
          + " have 4000";

  private static final String TOO_LARGE =
      ": is too large; the file and all that it includes may have 512 KiB";

  @TempDir Path directory;
  private Given given;

  @BeforeEach
  void given() {
    given = new Given(directory);
  }

  /** Forty steps, each of which doubles; {@code %1$d} is a step and {@code %2$d} the next. */
  static Stream<Arguments> doublings() {
    return Stream.of(
        arguments("texts", "x%1$d = ${x%2$d} ${x%2$d}", "x40 = a"),
        arguments("lists", "x%1$d = [${x%2$d}, ${x%2$d}]", "x40 = a"),
        arguments("joined lists", "x%1$d = ${x%2$d} ${x%2$d}", "x40 = [a]"),
        arguments("sections", "x%1$d { a = ${x%2$d}, b = ${x%2$d} }", "x40 = a"),
        arguments("numbers", "x%1$d = ${x%2$d} ${x%3$d}", "x40 = 1\nx41 = 2"),
        arguments("a text and itself", "x0 = ${x0}${x0}", "x0 = a"),
        arguments("a list and itself", "x0 = ${x0} ${x0}", "x0 = [a]"),
        arguments("a section inside a joined one", "x0 = ${?no} { %s }", "x0 = {}"));
  }

  private static String text(String kind, String step, String end) {
    StringBuilder text = new StringBuilder();
    if (kind.endsWith("itself")) {
      text.append(end).append('\n');
    }
    if (kind.endsWith("joined one")) {
      StringBuilder inner = new StringBuilder();
      for (int i = 0; i < 40; i++) {
        inner.append("y" + i + " = ${x0.y" + (i + 1) + "}${x0.y" + (i + 1) + "}\n");
      }
      return String.format(step, inner + "y40 = a") + "\n";
    }
    for (int i = 0; i < 40; i++) {
      text.append(String.format(step, i, i + 1, i + 2)).append('\n');
    }
    return text + end + "\n";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("doublings")
  void substitutionsThatDoubleAreRefused(String kind, String step, String end) {
    String text = text(kind, step, end);
    if (kind.endsWith("itself")) {
      text = text.substring(0, text.lastIndexOf(end));
    }

    assertThat(given.file(text + "tollgate.limiters.x.permits = ${x0}").failure())
        .isEqualTo(TOO_MUCH);
    assertThat(given.file(text + "tollgate.limiters.x = ${x0}").failure()).isEqualTo(TOO_MUCH);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("doublings")
  void anotherProgramsPartIsNotResolved(String kind, String step, String end) {
    String text = text(kind, step, end);

    assertThat(given.file(text + "tollgate.limiters.x.burst = 3").limiter("x").burst())
        .isEqualTo(3);
  }

  @Test
  void optionalSubstitutionsWithoutAValueAreLookedUpOnce() {
    given.file(text("optional", "x%1$d = ${?x%2$d}${?x%2$d}", "") + "tollgate.quiet = ${?x0}");

    assertThat(given.load().quiet()).isFalse();
  }

  @Test
  void aLongVariableCountsEachTime() {
    given.environment("LONG", "x".repeat(100_000));
    given.file("tollgate.quiet = " + "${LONG}".repeat(100));

    assertThat(given.failure()).isEqualTo(TOO_MUCH);
  }

  /** What the library joins or merges by copying all that came before. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.k%d = 1\n",
        "a += 1\n",
        "a = ${a}\n",
        "a { b%d = 1 }\n",
        "tollgate.limiters.x%d.burst=1\n"
      })
  void moreKeysThanAnyFileHasAreRefused(String line) {
    StringBuilder text = new StringBuilder("tollgate.quiet = true\n");
    for (int i = 0; i < 4_000; i++) {
      text.append(line.replace("%d", "" + i));
    }

    assertThat(given.file(text.toString()).failure()).isEqualTo(TOO_MANY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "{b:1}"})
  void moreListsAndSectionsThanAnyFileHasAreRefused(String part) {
    assertThat(given.file("tollgate.quiet = true\na = " + part.repeat(4_000)).failure())
        .isEqualTo(TOO_MANY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b ", "1 ", "/ ", "\"b\" "})
  void aLineThatIsTooLongIsRefused(String part) {
    assertThat(given.file("tollgate.quiet = true\na = " + part.repeat(20_000)).failure())
        .isEqualTo("DIR/t.conf: has a line of more than 32768 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.conf", "t.json", "t.properties"})
  void aFileThatIsTooLargeIsRefused(String name) {
    given.agentArguments("config=" + given.write(name, "#\n".repeat(300_000)));

    assertThat(given.failure()).isEqualTo("DIR/" + name + TOO_LARGE);
  }

  @Test
  void aLargeJsonFileIsRead() {
    StringBuilder text = new StringBuilder("{\"other\": {");
    for (int i = 0; i < 10_000; i++) {
      text.append("\"k").append(i).append("\": [").append(i).append("],");
    }
    text.append("\"k\": 1}, \"tollgate\": {\"quiet\": true}}");
    given.agentArguments("config=" + given.write("t.json", text.toString()));

    assertThat(given.load().quiet()).isTrue();
  }

  @Test
  void rulersInCommentsAreNoKeys() {
    given.file(("# " + "=".repeat(76) + "\n").repeat(3_000) + "tollgate.quiet = true");

    assertThat(given.load().quiet()).isTrue();
  }

  @Test
  void aFileThatIncludesItselfIsRefused() {
    assertThat(given.file("include \"t.conf\"\ntollgate.quiet = true").failure())
        .isEqualTo("DIR/t.conf: is included by more than 20 files, one in another");
  }

  @Test
  void includesThatDoubleAreRefused() {
    for (int i = 0; i < 19; i++) {
      String next = "include \"i" + (i + 1) + ".conf\"\n";
      given.write("i" + i + ".conf", next + next);
    }
    given.file("include \"i0.conf\"\ntollgate.quiet = true");

    assertThat(given.failure()).endsWith("may have 4000");
  }

  @Test
  void moreLimitersThanAnyConfigurationHasAreRefused() {
    for (int i = 0; i <= 10_000; i++) {
      given.systemProperty("tollgate.limiters.x" + i + ".burst", "1");
    }

    assertThat(given.failure())
        .isEqualTo("system properties: too many names; there may be 10000 of the limiters' names");
  }

  @Test
  void aKeyThatIsTooDeepIsRefused() {
    String deep = "tollgate." + "a.".repeat(200_000) + "a";
    given.agentArguments("config=" + given.write("t.properties", deep + "=1"));
    assertThat(given.failure()).isEqualTo("DIR/t.properties:1: a key has more than 32 names");

    given.agentArguments(null).systemProperty(deep, "1");
    assertThat(given.failure()).isEqualTo("system properties: a key has more than 32 names");
  }

  @Test
  void aPipeIsRefusedAtOnce() throws Exception {
    Path pipe = directory.resolve("pipe.conf");
    assumeTrue(new File("/usr/bin/mkfifo").canExecute(), "needs mkfifo");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    given.agentArguments("config=" + pipe);
    assertThat(given.failure())
        .isEqualTo(
            "agent argument config is DIR/pipe.conf, which is no regular file; it must be a"
                + " readable file");
    given.agentArguments(null).file("include \"pipe.conf\"\ntollgate.quiet = true");
    assertThat(given.failure()).isEqualTo("DIR/pipe.conf: is no regular file");
    Path resources = Files.createDirectory(directory.resolve("resources"));
    Files.createSymbolicLink(resources.resolve("tollgate.conf"), pipe);
    given.environment("TOLLGATE_CONFIG", "").resources(resources.toUri().toURL());
    assertThat(given.failure()).isEqualTo("DIR/resources/tollgate.conf: is no regular file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/zero", "/dev/null", "/proc/self/environ", "/proc/cmdline"})
  void aDeviceOrAFileOfTheKernelIsRefused(String path) throws IOException {
    assumeTrue(new File(path).canRead(), "needs " + path);
    Path link = Files.createSymbolicLink(directory.resolve("link.conf"), Path.of(path));

    given.agentArguments("config=" + path);
    assertThat(given.failure()).contains(path + ", which is no regular file");
    given.agentArguments(null).file("include \"" + link + "\"\ntollgate.quiet = true");
    assertThat(given.failure()).isEqualTo("DIR/link.conf: is no regular file");
  }

  @Test
  void aRegularFileBehindLinksIsRead() throws IOException {
    Path data = Files.createDirectory(directory.resolve("..data"));
    Files.writeString(data.resolve("t.conf"), "tollgate.quiet = true");
    Path link = directory.resolve("t.conf");
    Files.createSymbolicLink(link, Path.of("..data", "t.conf"));
    given.agentArguments("config=" + link);

    assertThat(given.load().quiet()).isTrue();
  }

  /** What an honest file does. */
  @Test
  void substitutionsMeanWhatTheyMeanInHocon() {
    given.write(
        "part.conf", "reload = ${limiters.b.burst}s\nquiet = ${FLAG}\njmx.enabled = ${off}");
    given.environment("EXTRA", "9").environment("FLAG", "true");
    given.file(
        """
        base = 3
        off = false
        defaults { period = 1m, burst = ${base}, warm-up = ${?NO} }
        path = a
        path = ${path}b
        tollgate {
          limiters.a = ${defaults} { permits = 5 }
          limiters.a.permits = ${?EXTRA}
          limiters.b = ${tollgate.limiters.a} { burst = 4 }
          limiters.c.permits = ${tollgate.limiters.b.permits}
          include "part.conf"
          health.tools += git
          health.tools += ${path}
          rules = [{ method = "a.B#c", limiter = ${path} }]
          rules = ${tollgate.rules} [{ method = "a.B#d", limiter = x }]
        }
        """);

    assertThat(given.limiter("a").permits()).isEqualTo(9);
    assertThat(given.limiter("a").burst()).isEqualTo(3);
    assertThat(given.limiter("a").warmUp()).isNull();
    assertThat(given.limiter("b").permits()).isEqualTo(9);
    assertThat(given.limiter("b").burst()).isEqualTo(4);
    assertThat(given.limiter("b").period()).isEqualTo(Duration.ofMinutes(1));
    assertThat(given.limiter("c").permits()).isEqualTo(9);
    assertThat(given.load().reload()).as("included").isEqualTo(Duration.ofSeconds(4));
    assertThat(given.load().quiet()).isTrue();
    assertThat(given.load().jmxEnabled()).isFalse();
    assertThat(given.load().health().tools()).containsExactly("git", "ab");
    assertThat(given.load().rules()).extracting(Rule::limiter).containsExactly("ab", "x");
  }
}
