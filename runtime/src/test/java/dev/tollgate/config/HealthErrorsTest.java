package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a health section that isn't in order. */
class HealthErrorsTest {
  private static final String KNOWN =
      "enabled, interval, timeout, disk, memory, cache, rate-limiters, tools, required-tools,"
          + " checks";
  private static final String KNOWN_OF_DISK =
      "paths, degraded-free, degraded-share, critical-free, critical-share, ready-free";
  private static final String KNOWN_OF_CHECK = "interval, timeout, critical, failures, successes";
  private static final String SIZE = "; it must be a number with a unit: 500MB, 1.5GB, 2GiB";
  private static final String LARGEST_SIZE = "; it must be at most 9223372036854775807B";
  private static final String PERCENTAGE =
      "; it must be a percentage with its sign, from 0% to 100%";
  private static final String PROGRAM = "; it must be a program's name without a path: git";
  private static final String PROGRAMS =
      "; it must be a list of programs' names, or names with commas between them";
  private static final String PATH = "; it must be a path that can be read";
  private static final String NO_PATH = "; give at least one path, or health.enabled = false";
  private static final String CHECK_NAME =
      " can't be a check's name: a letter first, then letters, digits, '_', '-', '.', ':' or '/'";
  private static final String UNIT = "; write a number with a unit: 250ms, 30s, 1m, 2h, 1d";

  @TempDir Path directory;
  private Given given;

  @BeforeEach
  void given() {
    given = new Given(directory);
  }

  /** A line inside {@code tollgate.health}, and what is said of it. */
  static Stream<Arguments> values() {
    return Stream.of(
        arguments("enabled = yes", "enabled is yes; it must be true or false"),
        arguments("interval = 9ms", "interval is 9ms; it must be from 10ms to 366d"),
        arguments("interval = 0", "interval is 0; it must be from 10ms to 366d"),
        arguments("interval = 367d", "interval is 367d; it must be from 10ms to 366d"),
        arguments("interval = 30", "interval can't be read: '30' has no unit" + UNIT),
        arguments("timeout = 999us", "timeout is 999us; it must be from 1ms to 366d"),
        arguments("timeout = 366.1d", "timeout is 366.1d; it must be from 1ms to 366d"),
        arguments("disk.degraded-free = 5", "disk.degraded-free is 5" + SIZE),
        arguments("disk.degraded-free = 5G", "disk.degraded-free is 5G" + SIZE),
        arguments("disk.degraded-free = 5 gig", "disk.degraded-free is 5 gig" + SIZE),
        arguments("disk.degraded-free = -5GB", "disk.degraded-free is -5GB" + SIZE),
        arguments("disk.degraded-free = .5GB", "disk.degraded-free is .5GB" + SIZE),
        arguments("disk.degraded-free = 5.GB", "disk.degraded-free is 5.GB" + SIZE),
        arguments("disk.degraded-free = 1e3B", "disk.degraded-free is 1e3B" + SIZE),
        arguments("disk.degraded-free = \"1,5GB\"", "disk.degraded-free is 1,5GB" + SIZE),
        arguments("disk.degraded-free = GB", "disk.degraded-free is GB" + SIZE),
        arguments("disk.degraded-free = \"\"", "disk.degraded-free is empty" + SIZE),
        arguments("disk.degraded-free = 20%", "disk.degraded-free is 20%" + SIZE),
        arguments("disk.degraded-free = 0.0001", "disk.degraded-free is 0.0001" + SIZE),
        arguments("disk.degraded-free = [5GB]", "disk.degraded-free is a list" + SIZE),
        arguments(
            "memory.ready-free = 9223372036854775808B",
            "memory.ready-free is 9223372036854775808B" + LARGEST_SIZE),
        arguments(
            "memory.ready-free = 8388608TiB", "memory.ready-free is 8388608TiB" + LARGEST_SIZE),
        arguments(
            "memory.ready-free = 9223372.036854776TB",
            "memory.ready-free is 9223372.036854776TB" + LARGEST_SIZE),
        arguments(
            "memory.ready-free = 99999999999999999999GB",
            "memory.ready-free is 99999999999999999999GB" + LARGEST_SIZE),
        arguments(
            "disk.degraded-share = 20", "disk.degraded-share is 20, without its sign; write 20%"),
        arguments(
            "disk.degraded-share = 0.2", "disk.degraded-share is 0.2, without its sign; write 20%"),
        arguments(
            "disk.degraded-share = 0.05",
            "disk.degraded-share is 0.05, without its sign; write 5%"),
        arguments(
            "disk.degraded-share = 0.125",
            "disk.degraded-share is 0.125, without its sign; write 12.5%"),
        arguments(
            "disk.degraded-share = 12.5",
            "disk.degraded-share is 12.5, without its sign; write 12.5%"),
        arguments(
            "disk.degraded-share = 0", "disk.degraded-share is 0, without its sign; write 0%"),
        arguments("disk.degraded-share = 120%", "disk.degraded-share is 120%" + PERCENTAGE),
        arguments("disk.degraded-share = 100.1%", "disk.degraded-share is 100.1%" + PERCENTAGE),
        arguments("disk.degraded-share = 120", "disk.degraded-share is 120" + PERCENTAGE),
        arguments("disk.degraded-share = -5%", "disk.degraded-share is -5%" + PERCENTAGE),
        arguments("disk.degraded-share = \"%\"", "disk.degraded-share is %" + PERCENTAGE),
        arguments("disk.degraded-share = 20%%", "disk.degraded-share is 20%%" + PERCENTAGE),
        arguments("disk.degraded-share = 5GB", "disk.degraded-share is 5GB" + PERCENTAGE),
        arguments("disk.degraded-share = null", "disk.degraded-share is null" + PERCENTAGE),
        arguments("cache.hit-rate = 0.3", "cache.hit-rate is 0.3, without its sign; write 30%"),
        arguments("cache.requests = 0", "cache.requests is 0; it must be at least 1"),
        arguments("rate-limiters.rejected = half", "rate-limiters.rejected is half" + PERCENTAGE),
        arguments(
            "rate-limiters.requests = 1.5",
            "rate-limiters.requests is 1.5; it must be a whole number, at least 1"),
        arguments(
            "checks.disk.interval = 5ms",
            "checks.disk.interval is 5ms; it must be from 10ms to 366d"),
        arguments(
            "checks.disk.timeout = 0", "checks.disk.timeout is 0; it must be from 1ms to 366d"),
        arguments(
            "checks.disk.critical = 1", "checks.disk.critical is 1; it must be true or false"),
        arguments("checks.disk.failures = 0", "checks.disk.failures is 0; it must be at least 1"),
        arguments(
            "checks.disk.successes = 2147483648",
            "checks.disk.successes is 2147483648; it must be at most 2147483647"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValue(String line, String message) {
    given.file("tollgate {\n  health {\n    " + line + "\n  }\n}\n");

    assertThat(given.failure()).isEqualTo("DIR/t.conf:3: tollgate.health." + message);
  }

  static Stream<Arguments> lists() {
    return Stream.of(
        arguments("tools = null", "tools is null" + PROGRAMS),
        arguments("tools {}", "tools is an empty section" + PROGRAMS),
        arguments("tools { git = true }", "tools has git inside it" + PROGRAMS),
        arguments("tools = [git, 0, /usr/bin/gh]", "tools[2] is /usr/bin/gh" + PROGRAM),
        arguments("tools = [\"bin\\\\gh\"]", "tools[0] is bin\\gh" + PROGRAM),
        arguments("tools = [git, \"\"]", "tools[1] is empty" + PROGRAM),
        arguments("tools = [git, \" \"]", "tools[1] is empty" + PROGRAM),
        arguments("tools = [git, [gh]]", "tools[1] is a list" + PROGRAM),
        arguments("tools = [git, null]", "tools[1] is null" + PROGRAM),
        arguments("tools = \"git,,gh\"", "tools[1] is empty" + PROGRAM),
        arguments("tools = \"git,\"", "tools[1] is empty" + PROGRAM),
        arguments("tools = \",\"", "tools[0] is empty" + PROGRAM),
        arguments("required-tools = \"git, ./gh\"", "required-tools[1] is ./gh" + PROGRAM),
        arguments("disk.paths = []", "disk.paths is empty" + NO_PATH),
        arguments("disk.paths = \" \"", "disk.paths is empty" + NO_PATH),
        arguments(
            "disk.paths = true",
            "disk.paths[0] is true, which does not exist in " + workingDirectory() + PATH),
        arguments(
            "disk.paths = [\".\", /not/there]",
            "disk.paths[1] is /not/there, which does not exist" + PATH),
        arguments(
            "disk.paths {}",
            "disk.paths is an empty section; it must be a list of paths, or paths with commas"
                + " between them"));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void aList(String line, String message) {
    given.file("tollgate {\n  health {\n    " + line + "\n  }\n}\n");

    assertThat(given.failure()).isEqualTo("DIR/t.conf:3: tollgate.health." + message);
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        arguments("health = off", "tollgate.health is off; it must be a section with " + KNOWN),
        arguments(
            "health.intervall = 5s",
            "unknown key tollgate.health.intervall; did you mean interval? known here are "
                + KNOWN),
        arguments(
            "health.disks.paths = []",
            "unknown key tollgate.health.disks; did you mean disk? known here are " + KNOWN),
        arguments(
            "health.colour = red", "unknown key tollgate.health.colour; known here are " + KNOWN),
        arguments(
            "health.disk.criticalFree = 1GB",
            "unknown key tollgate.health.disk.criticalFree; did you mean critical-free? known here"
                + " are "
                + KNOWN_OF_DISK),
        arguments(
            "health.disk.degraded-fee = 1GB",
            "unknown key tollgate.health.disk.degraded-fee; did you mean degraded-free? known here"
                + " are "
                + KNOWN_OF_DISK),
        arguments(
            "health.memory.path = \".\"",
            "unknown key tollgate.health.memory.path; known here are "
                + KNOWN_OF_DISK.substring("paths, ".length())),
        arguments(
            "health.memory = 1GB",
            "tollgate.health.memory is 1GB; it must be a section with "
                + KNOWN_OF_DISK.substring("paths, ".length())),
        arguments(
            "health.cache.hit_rat = 1%",
            "unknown key tollgate.health.cache.hit_rat; did you mean hit-rate? known here are"
                + " hit-rate, requests"),
        arguments(
            "health.rate-limiters.rejection = 1%",
            "unknown key tollgate.health.rate-limiters.rejection; known here are rejected,"
                + " requests"),
        arguments(
            "health.checks = true",
            "tollgate.health.checks is true; it must be a section with the checks' names"),
        arguments(
            "health.checks.disk = 5s",
            "tollgate.health.checks.disk is 5s; it must be a section with " + KNOWN_OF_CHECK),
        arguments(
            "health.checks.disk.failure = 5",
            "unknown key tollgate.health.checks.disk.failure; did you mean failures? known here are "
                + KNOWN_OF_CHECK),
        arguments(
            "health.checks.disk.critical-free = 5GB",
            "unknown key tollgate.health.checks.disk.critical-free; known here are "
                + KNOWN_OF_CHECK),
        arguments(
            "health.checks.python3.11.interval = 5s",
            "unknown key tollgate.health.checks.python3.11; known here are "
                + KNOWN_OF_CHECK
                + "; a name with a dot stands in double quotes"),
        arguments("health.checks.9x.interval = 5s", "tollgate.health.checks.9x: '9x'" + CHECK_NAME),
        arguments("health.checks.\"\".interval = 5s", "tollgate.health.checks.: ''" + CHECK_NAME),
        arguments(
            "health.checks.\"a b\".interval = 5s",
            "tollgate.health.checks.a b: 'a b'" + CHECK_NAME),
        arguments(
            "health.checks.\"tool:g++\".interval = 5s",
            "tollgate.health.checks.tool:g++: 'tool:g++'" + CHECK_NAME),
        arguments(
            "health.checks.\"cache:é\".interval = 5s",
            "tollgate.health.checks.cache:é: 'cache:é'" + CHECK_NAME),
        arguments(
            "limiters.\"a:b\".burst = 5",
            "tollgate.limiters.a:b: 'a:b' can't be a limiter's"
                + " name: a letter first, then letters, digits, '_' or '-'"));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKey(String line, String message) {
    given.file("tollgate {\n  " + line + "\n}\n");

    assertThat(given.failure()).isEqualTo("DIR/t.conf:2: " + message);
  }

  static Stream<Arguments> thresholds() {
    return Stream.of(
        arguments(
            "disk.critical-free = 6GB",
            "disk.critical-free is 6GB; it must be at most tollgate.health.disk.degraded-free,"
                + " which is 5GB by default"),
        arguments(
            "disk.degraded-free = 900 MB",
            "disk.degraded-free is 900 MB; it must be at least tollgate.health.disk.critical-free,"
                + " which is 1GB by default"),
        arguments(
            "disk.critical-share = 20.1%",
            "disk.critical-share is 20.1%; it must be at most tollgate.health.disk.degraded-share,"
                + " which is 20% by default"),
        arguments(
            "memory.critical-free = 1GiB",
            "memory.critical-free is 1GiB; it must be at most tollgate.health.memory.degraded-free,"
                + " which is 1GB by default"),
        arguments(
            "memory.degraded-share = 0%",
            "memory.degraded-share is 0%; it must be at least tollgate.health.memory.critical-share,"
                + " which is 10% by default"));
  }

  @ParameterizedTest
  @MethodSource("thresholds")
  void whatIsCriticalIsDegradedToo(String line, String message) {
    given.file("tollgate {\n  health {\n    " + line + "\n  }\n}\n");

    assertThat(given.failure()).isEqualTo("DIR/t.conf:3: tollgate.health." + message);
  }

  @Test
  void theThresholdThatWasGivenLastIsBlamed() {
    given.file("tollgate.health.disk {\n  critical-free = 3GB\n  degraded-free = 2GB\n}");
    assertThat(given.failure())
        .isEqualTo(
            "DIR/t.conf:3: tollgate.health.disk.degraded-free is 2GB; it must be at least"
                + " tollgate.health.disk.critical-free, which is 3GB");

    given.file("tollgate.health.disk {\n  degraded-free = 2GB\n  critical-free = 3GB\n}");
    assertThat(given.failure())
        .isEqualTo(
            "DIR/t.conf:3: tollgate.health.disk.critical-free is 3GB; it must be at most"
                + " tollgate.health.disk.degraded-free, which is 2GB");

    given
        .file("tollgate.health.memory.critical-share = 15%")
        .agentArguments("health.memory.degraded-share=12%");
    assertThat(given.failure())
        .isEqualTo(
            "agent argument health.memory.degraded-share is 12%; it must be at least"
                + " health.memory.critical-share, which is 15%");
  }

  static Stream<Arguments> wrongArguments() {
    return Stream.of(
        arguments(
            "health.tools=\"git,bin/gh\"", "agent argument health.tools[1] is bin/gh" + PROGRAM),
        arguments("health.tools.1=bin/gh", "agent argument health.tools.1 is bin/gh" + PROGRAM),
        arguments(
            "health.tools.first=git", "agent argument health.tools has first inside it" + PROGRAMS),
        arguments(
            "health.tools.1=git,health.tools.01=gh",
            "agent argument health.tools.01 is given twice; give it once"),
        arguments(
            "health.tools=git,health.tools.1=gh",
            "agent arguments: health.tools and health.tools.1 can't both be given; the second is"
                + " inside the first"),
        arguments("health.disk.paths=", "agent argument health.disk.paths is empty" + NO_PATH),
        arguments(
            "health.disk.degraded-share=20",
            "agent argument health.disk.degraded-share is 20, without its sign; write 20%"),
        arguments(
            "health.disk.free=5GB",
            "agent arguments: unknown key health.disk.free; known here are " + KNOWN_OF_DISK),
        arguments(
            "health.checks.tool:python3.11.interval=5s",
            "agent arguments: unknown key health.checks.tool:python3.11.interval; known here are "
                + KNOWN_OF_CHECK
                + "; a name with a dot stands in double quotes"),
        arguments(
            "health.checks.\"tool:python3.11\".interval=5",
            "agent argument health.checks.\"tool:python3.11\".interval can't be read: '5' has no"
                + " unit"
                + UNIT),
        arguments(
            "health.checks.\"tool:python3.11.interval=5s",
            "agent argument health.checks.\"tool:python3.11.interval has an opening quote and no"
                + " closing one; write a.b.c or a.\"b.c\""));
  }

  @ParameterizedTest
  @MethodSource("wrongArguments")
  void anArgument(String text, String message) {
    assertThat(given.agentArguments(text).failure()).isEqualTo(message);
  }

  @Test
  void aPropertiesFileNamesTheLineOfTheItem() {
    given.agentArguments(
        "config="
            + given.write(
                "t.properties", "tollgate.health.tools.0=git\ntollgate.health.tools.1=/bin/gh\n"));
    assertThat(given.failure())
        .isEqualTo("DIR/t.properties:2: tollgate.health.tools.1 is /bin/gh" + PROGRAM);

    // Without its backslash the colon ends the key.
    given.write("t.properties", "\ntollgate.health.checks.cache:x.interval=5s");
    assertThat(given.failure())
        .isEqualTo(
            "DIR/t.properties:2: tollgate.health.checks.cache is x.interval=5s; it must be a"
                + " section with "
                + KNOWN_OF_CHECK);
  }

  @Test
  void inHoconAColonNeedsQuotes() {
    given.file("tollgate.health.checks {\n  cache:x { interval = 5s }\n}");

    assertThat(given.failure())
        .isEqualTo(
            "DIR/t.conf:2: a text and a section stand side by side; a name with ':' in it stands in"
                + " double quotes");
  }

  @Test
  void aPathMustBeReadable() throws IOException {
    Path secret = Files.createDirectory(directory.resolve("secret"));
    assumeTrue(
        secret.toFile().setReadable(false) && !secret.toFile().canRead(),
        "this user or this file system reads what it isn't allowed to");
    given.file("tollgate.health.disk.paths = [\"" + secret + "\"]");

    assertThat(given.failure())
        .isEqualTo(
            "DIR/t.conf:1: tollgate.health.disk.paths[0] is DIR/secret, which can't be read"
                + PATH);
  }

  /** Whoever runs the tests may be allowed to read everything, hence a file that refuses. */
  @Test
  void aPathThatRefusesIsNotReadable() {
    File unreadable =
        new File(directory.toString()) {
          private static final long serialVersionUID = 1L;

          @Override
          public boolean canRead() {
            return false;
          }
        };

    assertThat(ReadablePath.fault(unreadable)).isEqualTo("can't be read");
    assertThat(ReadablePath.fault(directory.toFile())).isNull();
  }

  @Test
  void aLaterPlaceDoesNotHideWhatIsWrongInAnEarlierOne() {
    given
        .file("tollgate.health { enabled = false, disk.paths = [/not/there] }")
        .systemProperty("tollgate.health.disk.paths", ".");

    assertThat(given.failure())
        .isEqualTo(
            "DIR/t.conf:1: tollgate.health.disk.paths[0] is /not/there, which does not exist"
                + PATH);
  }

  private static String workingDirectory() {
    return new File("").getAbsolutePath();
  }
}
