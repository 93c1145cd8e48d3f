package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tollgate.limiter.LimiterMode;
import dev.tollgate.limiter.RateLimitOverrides;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** System properties and agent arguments. */
class DottedKeysTest {
  private static final String RIGHT = "; write key=value,key=\"value, with a comma\"";

  @TempDir Path directory;
  private Given given;

  @BeforeEach
  void given() {
    given = new Given(directory);
  }

  @Test
  void everyTypeIsReadFromText() {
    given
        .systemProperty("tollgate.limiters.github_api.permits", "50")
        .systemProperty("tollgate.limiters.github_api.period", "1 minute")
        .systemProperty("tollgate.limiters.github_api.mode", "OFF")
        .systemProperty("tollgate.limiters.github_api.max-waiting", " 9 ")
        .systemProperty("tollgate.limiters.github_api.max-keys", "7")
        .systemProperty("tollgate.limiters.github_api.warm-up", "30s")
        .systemProperty("tollgate.enabled", "false")
        .systemProperty("tollgate.on-missed", "fail")
        .systemProperty("tollgate.reload", "5s")
        .systemProperty("other.tollgate.quiet", "true")
        .systemProperty("tollgateish.quiet", "true");

    assertThat(given.limiter("github_api"))
        .isEqualTo(
            new RateLimitOverrides(
                50L,
                Duration.ofMinutes(1),
                null,
                null,
                null,
                LimiterMode.OFF,
                9,
                7,
                Duration.ofSeconds(30)));
    assertThat(given.load().enabled()).isFalse();
    assertThat(given.load().onMissed()).isEqualTo(OnMissed.FAIL);
    assertThat(given.load().reload()).isEqualTo(Duration.ofSeconds(5));
    assertThat(given.load().quiet()).isFalse();
    assertThat(given.load().source()).isEqualTo("system properties");
    assertThat(given.load().file()).isNull();
  }

  @Test
  void onlyTextCounts() {
    assertThat(given.systemProperty("tollgate.quiet", true).load())
        .isEqualTo(TollgateSettings.defaults());
  }

  @Test
  void defaultsOfPropertiesCount() {
    Properties defaults = new Properties();
    defaults.setProperty("tollgate.quiet", "true");

    TollgateSettings settings =
        SettingsLoader.load(
            null, new Properties(defaults), Map.of(), ClassLoader.getPlatformClassLoader());

    assertThat(settings.quiet()).isTrue();
  }

  /** Arguments that are in order, and what they say. */
  static Stream<Arguments> rightArguments() {
    return Stream.of(
        arguments("quiet=true,limiters.x.burst=5"),
        arguments(" quiet = true , limiters.x.burst = 5 "),
        arguments("limiters.x.burst=\"5\" , quiet=\"true\""),
        arguments("quiet= \" true\",limiters.x.burst=\t\"5 \""));
  }

  @ParameterizedTest
  @MethodSource("rightArguments")
  void argumentsAreTolerantOfBlanks(String text) {
    TollgateSettings settings = given.agentArguments(text).load();

    assertThat(settings.quiet()).isTrue();
    assertThat(given.limiter("x").burst()).isEqualTo(5);
    assertThat(settings.source()).isEqualTo("agent arguments");
  }

  @Test
  void aQuotedValueMayHoldACommaAndAnEqualsSign() {
    String file = given.write("a,b=c.conf", "tollgate.quiet = true");

    assertThat(given.agentArguments("config=\"" + file + "\"").load().quiet()).isTrue();
  }

  @Test
  void anEqualsSignNeedsNoQuotes() {
    String file = given.write("b=c.conf", "tollgate.quiet = true");

    assertThat(given.agentArguments("config=" + file).load().quiet()).isTrue();
  }

  static Stream<Arguments> wrongArguments() {
    return Stream.of(
        arguments("quiet", "agent arguments: 'quiet' has no '='" + RIGHT),
        arguments("quiet,enabled=true", "agent arguments: 'quiet' has no '='" + RIGHT),
        arguments("enabled=true,", "agent arguments: an argument is empty" + RIGHT),
        arguments("enabled=true,,quiet=true", "agent arguments: an argument is empty" + RIGHT),
        arguments(",", "agent arguments: an argument is empty" + RIGHT),
        arguments("=5", "agent arguments: '=5' has no key" + RIGHT),
        arguments(" = 5,quiet=true", "agent arguments: '= 5' has no key" + RIGHT),
        arguments(
            "config=\"/a,quiet=true",
            "agent arguments: the value of config has an opening quote and no closing one" + RIGHT),
        arguments(
            "config=\"/a\"b,quiet=true",
            "agent arguments: the value of config goes on after its closing quote" + RIGHT),
        arguments(
            "config=/a\"b,c\"",
            "agent arguments: the value of config has a quote inside it" + RIGHT),
        arguments("quiet=true,quiet=true", "agent argument quiet is given twice; give it once"),
        arguments("config=a,config=b", "agent argument config is given twice; give it once"),
        arguments("quiet=", "agent argument quiet is empty; it must be true or false"),
        arguments("quiet=maybe", "agent argument quiet is maybe; it must be true or false"),
        arguments(
            "limiters.x.permits=0",
            "agent argument limiters.x.permits is 0; it must be at least 1"),
        arguments(
            "tollgate.quiet=true",
            "agent arguments: unknown key tollgate.quiet; known here are enabled, limiters, rules,"
                + " on-unknown-limiter, on-missed, jmx, reload, quiet, health"),
        arguments(
            "limiter.x.permits=5",
            "agent arguments: unknown key limiter.x.permits; did you mean limiters? known here are"
                + " enabled, limiters, rules, on-unknown-limiter, on-missed, jmx, reload, quiet,"
                + " health"),
        arguments(
            "limiters..permits=5",
            "agent argument limiters..permits has nothing before, after or between its dots; write"
                + " a.b.c or a.\"b.c\""),
        arguments(
            "limiters.x.=5",
            "agent argument limiters.x. has nothing before, after or between its dots; write"
                + " a.b.c or a.\"b.c\""),
        arguments(
            "jmx.enabled=true,jmx=true",
            "agent arguments: jmx and jmx.enabled can't both be given; the second is inside the"
                + " first"),
        arguments(
            "rules=a#b",
            "agent argument rules can't be given here; rules stand only in the configuration file"),
        arguments(
            "limiters.x.permits=5000,limiters.x.period=1us",
            "agent argument limiters.x: permits is 5000; it must be at most one for each nanosecond"
                + " of period"));
  }

  @ParameterizedTest
  @MethodSource("wrongArguments")
  void anArgument(String text, String message) {
    assertThat(given.agentArguments(text).failure()).isEqualTo(message);
  }

  static Stream<Arguments> wrongProperties() {
    return Stream.of(
        arguments(
            "tollgate.limiters.x.permits",
            "-5",
            "system property tollgate.limiters.x.permits is -5; it must be at least 1"),
        arguments(
            "tollgate.limiters.x.period",
            "30",
            "system property tollgate.limiters.x.period can't be read: '30' has no unit; write a"
                + " number with a unit: 250ms, 30s, 1m, 2h, 1d"),
        arguments(
            "tollgate.jmx.enable",
            "true",
            "system properties: unknown key tollgate.jmx.enable; did you mean enabled? known here"
                + " are enabled, operations"),
        arguments(
            "tollgate.limiters.x",
            "5",
            "system property tollgate.limiters.x is 5; it must be a section with permits, period,"
                + " burst, capacity, timeout, mode, max-waiting, max-keys, warm-up"),
        arguments(
            "tollgate.quiet.very",
            "true",
            "system property tollgate.quiet has very inside it; it must be true or false"),
        arguments(
            "tollgate.config.file",
            "x",
            "system property tollgate.config has file inside it; it must be a readable file"),
        arguments(
            "tollgate.limiters.a b.permits",
            "5",
            "system property tollgate.limiters.a b: 'a b' can't be a limiter's name: a letter"
                + " first, then letters, digits, '_' or '-'"),
        arguments(
            "tollgate.limiters.\"a.b\".permits",
            "5",
            "system property tollgate.limiters.\"a.b\": 'a.b' can't be a limiter's name: a letter"
                + " first, then letters, digits, '_' or '-'"),
        arguments(
            "tollgate.limiters.\"x.permits",
            "5",
            "system property tollgate.limiters.\"x.permits has an opening quote and no closing one;"
                + " write a.b.c or a.\"b.c\""),
        arguments(
            "tollgate.limiters.\"x\"y.permits",
            "5",
            "system property tollgate.limiters.\"x\"y.permits goes on after a closing quote; write"
                + " a.b.c or a.\"b.c\""),
        arguments(
            "tollgate.limiters.\"\".permits",
            "5",
            "system property tollgate.limiters.\"\".permits has nothing before, after or between"
                + " its dots; write a.b.c or a.\"b.c\""),
        arguments(
            "tollgate.rules.0.method",
            "a#b",
            "system property tollgate.rules.0.method can't be given here; rules stand only in the"
                + " configuration file"),
        arguments(
            "tollgate.",
            "5",
            "system property tollgate. has nothing before, after or between its dots; write a.b.c or"
                + " a.\"b.c\""),
        arguments(
            "tollgate.limiters.x.max-keys",
            "0",
            "system property tollgate.limiters.x.max-keys is 0; it must be at least 1"));
  }

  @ParameterizedTest
  @MethodSource("wrongProperties")
  void aProperty(String name, String value, String message) {
    assertThat(given.systemProperty(name, value).failure()).isEqualTo(message);
  }

  @Test
  void aPropertyAndOneInsideIt() {
    given.systemProperty("tollgate.jmx", "true").systemProperty("tollgate.jmx.enabled", "true");

    assertThat(given.failure())
        .isEqualTo(
            "system properties: tollgate.jmx and tollgate.jmx.enabled can't both be given; the"
                + " second is inside the first");
  }

  @Test
  void aNameMayStandInQuotes() {
    given
        .systemProperty("tollgate.\"limiters\".\"x\".burst", "2")
        .agentArguments("limiters.\"x\".\"permits\"=3");

    assertThat(given.limiter("x").burst()).isEqualTo(2);
    assertThat(given.limiter("x").permits()).isEqualTo(3);
  }

  @Test
  void aNameInQuotesIsTheOneWithout() {
    given
        .systemProperty("tollgate.limiters.\"x\".burst", "2")
        .systemProperty("tollgate.limiters.x.burst", "3");

    assertThat(given.failure())
        .isEqualTo("system property tollgate.limiters.x.burst is given twice; give it once");
  }

  @Test
  void theLimiterIsBlamedWhereItWasLastSpokenOf() {
    given
        .file("tollgate.limiters.x { permits = 5000, period = 1s }")
        .systemProperty("tollgate.limiters.x.period", "1us");

    assertThat(given.failure())
        .isEqualTo(
            "system property tollgate.limiters.x: permits is 5000; it must be at most one for each"
                + " nanosecond of period");
  }
}
