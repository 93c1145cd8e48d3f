package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.limiter.LimiterMode;
import dev.tollgate.limiter.RateLimitOverrides;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecedenceTest {
  @TempDir Path directory;
  private Given given;

  @BeforeEach
  void given() {
    given = new Given(directory);
  }

  @Test
  void nothingGivenIsDefaults() {
    assertThat(given.load()).isEqualTo(TollgateSettings.defaults());
    assertThat(given.agentArguments("").load()).isEqualTo(TollgateSettings.defaults());
    assertThat(given.agentArguments(" \t").load()).isEqualTo(TollgateSettings.defaults());
  }

  @Test
  void everyKeyOfTheFileArrives() {
    given.file(
        """
        tollgate {
          enabled = false
          limiters.billing {
            permits = 500, period = 1s, burst = 50, capacity = 100, timeout = 250ms
            mode = Observe, max-waiting = 7, max-keys = 9, warm-up = 2m
          }
          limiters.other.mode = off
          rules = [
            { method = "a.B#c", limiter = billing, weight = 3, timeout = 0 }
            { method = "a.B#d", limiter = other }
          ]
          on-unknown-limiter = ignore
          on-missed = fail
          jmx { enabled = false, operations = true }
          reload = 1m
          quiet = true
        }
        """);
    String file = directory.resolve("t.conf").toString();

    TollgateSettings settings = given.load();

    assertThat(settings.enabled()).isFalse();
    assertThat(settings.limiters())
        .containsExactly(
            Map.entry(
                "billing",
                new RateLimitOverrides(
                    500L,
                    Duration.ofSeconds(1),
                    50L,
                    100L,
                    Duration.ofMillis(250),
                    LimiterMode.OBSERVE,
                    7,
                    9,
                    Duration.ofMinutes(2))),
            Map.entry(
                "other",
                new RateLimitOverrides(
                    null, null, null, null, null, LimiterMode.OFF, null, null, null)));
    assertThat(settings.rules())
        .containsExactly(
            new Rule("a.B#c", "billing", 3, Duration.ZERO, file + ":9"),
            new Rule("a.B#d", "other", 1, null, file + ":10"));
    assertThat(settings.onUnknownLimiter()).isEqualTo(OnUnknownLimiter.IGNORE);
    assertThat(settings.onMissed()).isEqualTo(OnMissed.FAIL);
    assertThat(settings.jmxEnabled()).isFalse();
    assertThat(settings.jmxOperations()).isTrue();
    assertThat(settings.reload()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.quiet()).isTrue();
    assertThat(settings.source()).isEqualTo(file);
  }

  @Test
  void argumentsWinOverPropertiesWinOverTheFileKeyByKey() {
    given
        .file("tollgate.limiters.x { permits = 1, period = 1s, burst = 1, timeout = 1s }")
        .systemProperty("tollgate.limiters.x.burst", "2")
        .systemProperty("tollgate.limiters.x.timeout", "2s")
        .agentArguments("limiters.x.timeout=3s");

    assertThat(given.limiter("x"))
        .isEqualTo(
            new RateLimitOverrides(
                1L,
                Duration.ofSeconds(1),
                2L,
                null,
                Duration.ofSeconds(3),
                null,
                null,
                null,
                null));
    assertThat(given.load().source())
        .isEqualTo(directory.resolve("t.conf") + ", system properties, agent arguments");
  }

  @Test
  void warmUpMaxKeysAndReloadGiveWayLikeTheOthers() {
    given.file(
        "tollgate { reload = 1s, limiters.x { max-keys = 1, warm-up = 1s }\n"
            + "limiters.y { max-keys = 1, warm-up = 1s } }");
    given
        .systemProperty("tollgate.limiters.x.max-keys", "2")
        .systemProperty("tollgate.limiters.x.warm-up", "2s")
        .systemProperty("tollgate.reload", "2s");
    assertThat(given.load().reload()).isEqualTo(Duration.ofSeconds(2));

    given.agentArguments("limiters.x.warm-up=3s,reload=off");

    assertThat(given.load().reload()).isZero();
    assertThat(given.limiter("x").maxKeys()).isEqualTo(2);
    assertThat(given.limiter("x").warmUp()).isEqualTo(Duration.ofSeconds(3));
    assertThat(given.limiter("y").maxKeys()).isEqualTo(1);
    assertThat(given.limiter("y").warmUp()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void theFileIsKnownUnlessItIsInsideAnArchive() throws IOException {
    Path jar = directory.resolve("a.jar");
    try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
      entries.putNextEntry(new JarEntry("tollgate.conf"));
      entries.write("tollgate.quiet = true".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(given.resources(jar.toUri().toURL()).load().quiet()).isTrue();
    assertThat(given.load().file()).isNull();

    String resource = given.write("tollgate.conf", "tollgate.quiet = true");
    assertThat(given.resources().load().file()).isEqualTo(new File(resource));

    String named = given.write("n.conf", "tollgate.quiet = true");
    assertThat(given.agentArguments("config=" + named).load().file()).isEqualTo(new File(named));
    assertThat(SettingsLoader.check(new File(named)).file()).isEqualTo(new File(named));
  }

  @Test
  void aLaterPlaceAddsLimiters() {
    given
        .file("tollgate.limiters.x.burst = 1")
        .systemProperty("tollgate.limiters.y.burst", "2")
        .agentArguments("limiters.z.burst=3");

    assertThat(given.load().limiters()).containsOnlyKeys("x", "y", "z");
  }

  @Test
  void aLaterPlaceDoesNotHideWhatIsWrongInAnEarlierOne() {
    given
        .file("tollgate.limiters.x.permits = -5")
        .systemProperty("tollgate.limiters.x.permits", "5");

    assertThat(given.failure())
        .isEqualTo("DIR/t.conf:1: tollgate.limiters.x.permits is -5; it must be at least 1");
  }

  @Test
  void theArgumentsFileWinsOverThePropertysOverTheVariablesOverTheResource() {
    given.write("tollgate.conf", "tollgate.limiters.x.burst = 1");
    given.resources();
    assertThat(given.limiter("x").burst()).isEqualTo(1);
    assertThat(given.load().source()).isEqualTo(directory.resolve("tollgate.conf").toString());

    given.environment("TOLLGATE_CONFIG", given.write("2.conf", "tollgate.limiters.x.burst = 2"));
    assertThat(given.limiter("x").burst()).isEqualTo(2);
    assertThat(given.load().source()).isEqualTo(directory.resolve("2.conf").toString());

    given.systemProperty("tollgate.config", given.write("3.conf", "tollgate.limiters.x.burst = 3"));
    assertThat(given.limiter("x").burst()).isEqualTo(3);
    assertThat(given.load().source()).isEqualTo(directory.resolve("3.conf").toString());

    given.agentArguments("config=" + given.write("4.conf", "tollgate.limiters.x.burst = 4"));
    assertThat(given.limiter("x").burst()).isEqualTo(4);
    assertThat(given.load().source()).isEqualTo(directory.resolve("4.conf").toString());
  }

  @Test
  void aVariableThatIsSetToNothingIsNotSet() {
    assertThat(given.environment("TOLLGATE_CONFIG", "").load())
        .isEqualTo(TollgateSettings.defaults());
    assertThat(given.systemProperty("tollgate.quiet", "true").load().source())
        .isEqualTo("system properties");
  }

  @Test
  void checkReadsTheFileAndNothingElse() {
    String file = given.write("c.conf", "tollgate.limiters.x.burst = 1");

    TollgateSettings settings = SettingsLoader.check(new File(file));

    assertThat(settings.limiters()).containsOnlyKeys("x");
    assertThat(settings.source()).isEqualTo(file);
  }

  @Test
  void settingsKeepNoHandleOnWhatTheyWereMadeOf() {
    assertThat(given.file("tollgate { limiters.x.burst = 1, rules = [] }").load())
        .satisfies(
            settings -> {
              assertThat(settings.limiters()).isUnmodifiable();
              assertThat(settings.rules()).isUnmodifiable();
            });
  }
}
