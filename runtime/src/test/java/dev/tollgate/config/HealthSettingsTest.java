package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tollgate.health.CheckOptions;
import dev.tollgate.health.CheckOverrides;
import dev.tollgate.health.HealthConfig;
import dev.tollgate.health.SpaceThresholds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthSettingsTest {
  private static final long GB = 1_000_000_000;

  @TempDir Path directory;
  private Given given;

  @BeforeEach
  void given() {
    given = new Given(directory);
  }

  private HealthConfig health() {
    return given.load().health();
  }

  @Test
  void nothingGivenIsDefaults() {
    assertThat(health()).isEqualTo(HealthConfig.DEFAULT);
    assertThat(given.file("tollgate.quiet = true").load().health()).isEqualTo(HealthConfig.DEFAULT);
    assertThat(given.file("tollgate.health {}").load().health()).isEqualTo(HealthConfig.DEFAULT);
  }

  @Test
  void everyKeyOfTheFileArrives() {
    given.file(
        """
        tollgate.health {
          enabled = false
          interval = 1m
          timeout = 2s
          disk {
            paths = ["/", "."]
            degraded-free = 11GB, degraded-share = 12%
            critical-free = 7GB, critical-share = 8%
            ready-free = 9MB
          }
          memory {
            degraded-free = 21GB, degraded-share = 22%
            critical-free = 17GB, critical-share = 18%
            ready-free = 19MB
          }
          cache { hit-rate = 31%, requests = 32 }
          rate-limiters { rejected = 41%, requests = 42 }
          tools = [git, docker]
          required-tools = [docker]
          checks {
            disk { interval = 51s, timeout = 52ms, critical = true, failures = 53, successes = 54 }
            "cache:a/b.c_d-e" { failures = 2 }
            java {}
          }
        }
        """);

    assertThat(health())
        .isEqualTo(
            new HealthConfig(
                false,
                Duration.ofMinutes(1),
                Duration.ofSeconds(2),
                List.of("/", "."),
                new SpaceThresholds(11 * GB, 0.12, 7 * GB, 0.08, 9_000_000),
                new SpaceThresholds(21 * GB, 0.22, 17 * GB, 0.18, 19_000_000),
                0.31,
                32,
                0.41,
                42,
                List.of("git", "docker"),
                List.of("docker"),
                Map.of(
                    "disk",
                    new CheckOverrides(Duration.ofSeconds(51), Duration.ofMillis(52), true, 53, 54),
                    "cache:a/b.c_d-e",
                    new CheckOverrides(null, null, null, 2, null),
                    "java",
                    CheckOverrides.NONE)));
  }

  @Test
  void argumentsWinOverPropertiesWinOverTheFileKeyByKey() {
    given
        .file(
            """
            tollgate.health {
              interval = 1s, timeout = 1s, tools = [a, b, c]
              checks.disk { interval = 1s, failures = 1, successes = 1 }
              checks.java.failures = 1
            }
            """)
        .systemProperty("tollgate.health.timeout", "2s")
        .systemProperty("tollgate.health.tools", "d")
        .systemProperty("tollgate.health.checks.disk.failures", "2")
        .systemProperty("tollgate.health.checks.disk.successes", "2")
        .agentArguments("health.checks.disk.successes=3,health.checks.own.critical=true");

    assertThat(health().interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(health().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(health().tools()).containsExactly("d");
    assertThat(health().checks())
        .isEqualTo(
            Map.of(
                "disk",
                new CheckOverrides(Duration.ofSeconds(1), null, null, 2, 3),
                "java",
                new CheckOverrides(null, null, null, 1, null),
                "own",
                new CheckOverrides(null, null, true, null, null)));
  }

  /** A limiter and a check may have the same name. */
  @Test
  void namesOfOneKindAreNotThoseOfAnother() {
    given.file(
        """
        tollgate {
          limiters { x.timeout = 1s, y {} }
          health.checks { x.timeout = 2s, z {} }
        }
        """);

    assertThat(given.load().limiters()).containsOnlyKeys("x", "y");
    assertThat(given.limiter("x").timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(health().checks())
        .isEqualTo(
            Map.of(
                "x",
                new CheckOverrides(null, Duration.ofSeconds(2), null, null, null),
                "z",
                CheckOverrides.NONE));
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        arguments("0", 0L),
        arguments("0.0", 0L),
        arguments("0MB", 0L),
        arguments("7B", 7L),
        arguments("7kB", 7_000L),
        arguments("7KB", 7_000L),
        arguments("7MB", 7_000_000L),
        arguments("7GB", 7_000_000_000L),
        arguments("7TB", 7_000_000_000_000L),
        arguments("7KiB", 7L << 10),
        arguments("7MiB", 7L << 20),
        arguments("7GiB", 7L << 30),
        arguments("7TiB", 7L << 40),
        arguments("7 gb", 7_000_000_000L),
        arguments("1.5 GB", 1_500_000_000L),
        arguments("1.05kB", 1_050L),
        arguments("0.000001TB", 1_000_000L),
        arguments("1.3KiB", 1_331L), // 1331.2
        arguments("0.9999B", 0L),
        arguments("0.00000000000000000000000001TB", 0L),
        arguments("9223372036854775807B", Long.MAX_VALUE),
        arguments("9223372.036854775807TB", Long.MAX_VALUE),
        arguments("9223372.0368547758079TB", Long.MAX_VALUE),
        arguments("8388607.5TiB", Long.MAX_VALUE - (1L << 39) + 1));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void aSize(String text, long bytes) {
    given.file("tollgate.health.disk.ready-free = " + text);

    assertThat(health().disk().readyBytes()).isEqualTo(bytes);
  }

  static Stream<Arguments> percentages() {
    return Stream.of(
        arguments("0%", 0),
        arguments("0.0%", 0),
        arguments("100%", 1),
        arguments("100.00 %", 1),
        arguments("7%", 0.07),
        arguments("12.5%", 0.125),
        arguments("0.1%", 0.001));
  }

  @ParameterizedTest
  @MethodSource("percentages")
  void aPercentage(String text, double share) {
    given.file("tollgate.health.cache.hit-rate = " + text);

    assertThat(health().cacheHitRate()).isEqualTo(share);
  }

  /** The records would refuse what is outside, and with another message. */
  @Test
  void theRangesAreThoseOfTheOptions() {
    given.file(
        """
        tollgate.health.checks {
          least { interval = 10ms, timeout = 1ms, failures = 1, successes = 1 }
          most { interval = 366d, timeout = 366d, failures = 2147483647, successes = 2147483647 }
        }
        """);

    assertThat(health().checks().values())
        .extracting(overrides -> overrides.over(CheckOptions.DEFAULT))
        .containsExactlyInAnyOrder(
            new CheckOptions(Duration.ofMillis(10), Duration.ofMillis(1), false, 1, 1),
            new CheckOptions(
                Duration.ofDays(366),
                Duration.ofDays(366),
                false,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE));
  }

  @Test
  void whatIsCriticalMayBeWhatIsDegraded() {
    given.file(
        "tollgate.health.disk { degraded-free = 0, critical-free = 0, critical-share = 20% }");

    assertThat(health().disk()).isEqualTo(new SpaceThresholds(0, 0.2, 0, 0.2, 100_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tools = [git, docker]",
        "tools = [ \" git \", docker, git ]",
        "tools = \"git,docker\"",
        "tools = \" git , docker,git\"",
        "tools { 0 = git, 1 = docker }",
        "tools { 5 = docker, 1 = git }",
        "tools = [git], tools = ${tollgate.health.tools} [docker]"
      })
  void aListHoldsEachOnceInItsOrder(String line) {
    given.file("tollgate.health { " + line + " }");

    assertThat(health().tools()).containsExactly("git", "docker");
  }

  @Test
  void aSubstitutionMayBeAWholeList() {
    given.file("tollgate.health.tools = ${TOOLS}").environment("TOOLS", "git,docker");

    assertThat(health().tools()).containsExactly("git", "docker");
  }

  @Test
  void aListMayBeEmptyWhereNothingNeedsIt() {
    assertThat(given.file("tollgate.health.tools = []").load().health().tools()).isEmpty();
    assertThat(given.file("tollgate.health.tools = \"\"").load().health().tools()).isEmpty();
    given.file("tollgate.health.required-tools = [git]").agentArguments("health.required-tools=");
    assertThat(health().requiredTools()).isEmpty();
  }

  @Test
  void anItemMayHoldACommaWhereItStandsByItself() {
    String path = given.write("a,b", "");

    given.file("tollgate.health.disk.paths = [\"" + path + "\"]");
    assertThat(health().diskPaths()).containsExactly(path);
    given.file("tollgate.health {}").systemProperty("tollgate.health.disk.paths.0", path);
    assertThat(health().diskPaths()).containsExactly(path);
  }

  @Test
  void pathsStayAsTheyAreWritten() {
    given.systemProperty("tollgate.health.disk.paths", ". , .," + directory);

    assertThat(health().diskPaths()).containsExactly(".", directory.toString());
  }

  @Test
  void aNameWithAColonOrADotCanBeGivenInAnyPlace() {
    String conf = given.write("t.conf", "tollgate.health.checks.\"tool:a.b\".failures = 2");
    String json =
        given.write(
            "t.json",
            "{\"tollgate\": {\"health\": {\"checks\": {\"tool:a.b\": {\"failures\": 2}}}}}");
    String properties =
        given.write("t.properties", "tollgate.health.checks.\"tool\\:a.b\".failures=2");
    Map<String, CheckOverrides> expected =
        Map.of("tool:a.b", new CheckOverrides(null, null, null, 2, null));

    for (String file : List.of(conf, json, properties)) {
      assertThat(given.agentArguments("config=" + file).load().health().checks())
          .as(file)
          .isEqualTo(expected);
    }
    given.agentArguments("health.checks.\"tool:a.b\".failures=2");
    assertThat(health().checks()).isEqualTo(expected);
    given.agentArguments(null).systemProperty("tollgate.health.checks.\"tool:a.b\".failures", "2");
    assertThat(health().checks()).isEqualTo(expected);
  }

  @Test
  void aNameWithAColonAloneNeedsNoQuotesOutsideOfHocon() {
    given
        .systemProperty("tollgate.health.checks.cache:a/b.failures", "2")
        .agentArguments("health.checks.cache:a/b.successes=3");

    assertThat(health().checks())
        .isEqualTo(Map.of("cache:a/b", new CheckOverrides(null, null, null, 2, 3)));
  }
}
