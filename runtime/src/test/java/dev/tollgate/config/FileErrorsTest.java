package dev.tollgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FileErrorsTest {
  private static final String RELOAD = "; it must be off, or from 1s to 366d: 5s, 1m";

  private static final String KNOWN =
      "known here are enabled, limiters, rules, on-unknown-limiter, on-missed, jmx, reload, quiet,"
          + " health";
  private static final String KNOWN_OF_LIMITER =
      "known here are permits, period, burst, capacity, timeout, mode, max-waiting, max-keys, warm-up";
  private static final String DURATION = "; write a number with a unit: 250ms, 30s, 1m, 2h, 1d";

  private static final String NOT_LOCAL =
      ": includes what is no file of this machine; include a copy of it";

  @TempDir Path directory;
  private Given given;

  @BeforeEach
  void given() {
    given = new Given(directory);
  }

  /** A line inside {@code tollgate.limiters.x}, and what is said of it. */
  static Stream<Arguments> valuesOfALimiter() {
    return Stream.of(
        arguments("permits = -5", "permits is -5; it must be at least 1"),
        arguments("permits = 0", "permits is 0; it must be at least 1"),
        arguments("permits = 1.5", "permits is 1.5; it must be a whole number, at least 1"),
        arguments("permits = 1e3", "permits is 1e3; it must be a whole number, at least 1"),
        arguments("permits = true", "permits is true; it must be a whole number, at least 1"),
        arguments("permits = many", "permits is many; it must be a whole number, at least 1"),
        arguments("permits = \"\"", "permits is empty; it must be a whole number, at least 1"),
        arguments("permits = \"-\"", "permits is -; it must be a whole number, at least 1"),
        arguments("permits = \"+5\"", "permits is +5; it must be a whole number, at least 1"),
        arguments("permits = \"٣\"", "permits is ٣; it must be a whole number, at least 1"),
        arguments("permits = null", "permits is null; it must be a whole number, at least 1"),
        arguments("permits = [1]", "permits is a list; it must be a whole number, at least 1"),
        arguments(
            "permits {}", "permits is an empty section; it must be a whole number, at least 1"),
        arguments(
            "permits { a = 1 }", "permits has a inside it; it must be a whole number, at least 1"),
        arguments(
            "permits = 99999999999999999999",
            "permits is 99999999999999999999; it must be at most 1000000000000000000"),
        arguments(
            "permits = 1000000000000000001",
            "permits is 1000000000000000001; it must be at most 1000000000000000000"),
        arguments(
            "permits = -99999999999999999999",
            "permits is -99999999999999999999; it must be at least 1"),
        arguments("burst = -1", "burst is -1; it must be at least 0"),
        arguments("burst = 1.0", "burst is 1.0; it must be a whole number, at least 0"),
        arguments("capacity = 0", "capacity is 0; it must be at least 1"),
        arguments("capacity = full", "capacity is full; it must be a whole number, at least 1"),
        arguments("max-waiting = -1", "max-waiting is -1; it must be at least 0"),
        arguments(
            "max-waiting = 2147483648", "max-waiting is 2147483648; it must be at most 2147483647"),
        arguments("period = 30", "period can't be read: '30' has no unit" + DURATION),
        arguments("period = 0", "period is 0; it must be more than 0 and at most 366d"),
        arguments("period = 0s", "period is 0s; it must be more than 0 and at most 366d"),
        arguments("period = 367d", "period is 367d; it must be more than 0 and at most 366d"),
        arguments(
            "period = -1s",
            "period can't be read: '-1s' is negative; write 0 or a number with a unit: 250ms, 30s,"
                + " 1m, 2h, 1d"),
        arguments("period = 1w", "period can't be read: 'w' is not a unit of time" + DURATION),
        arguments("period = soon", "period can't be read: 'soon' is not a duration" + DURATION),
        arguments(
            "period = []",
            "period is a list; it must be a number with a unit: 250ms, 30s, 1m, 2h, 1d"),
        arguments("timeout = 30", "timeout can't be read: '30' has no unit" + DURATION),
        arguments("timeout = 300y", "timeout can't be read: 'y' is not a unit of time" + DURATION),
        arguments(
            "timeout = 0.5ns",
            "timeout can't be read: '0.5ns' is finer than a nanosecond or beyond 292 years"),
        arguments("mode = on", "mode is on; it must be enforce, observe or off"),
        arguments("mode = false", "mode is false; it must be enforce, observe or off"),
        arguments("mode = null", "mode is null; it must be enforce, observe or off"),
        arguments("max-keys = 0", "max-keys is 0; it must be at least 1"),
        arguments("max-keys = 2147483648", "max-keys is 2147483648; it must be at most 2147483647"),
        arguments("max-keys = all", "max-keys is all; it must be a whole number, at least 1"),
        arguments("warm-up = 5", "warm-up can't be read: '5' has no unit" + DURATION),
        arguments("warm-up = 25h", "warm-up is 25h; it must be at most 1d"),
        arguments("warm-up = true", "warm-up can't be read: 'true' is not a duration" + DURATION));
  }

  @ParameterizedTest
  @MethodSource("valuesOfALimiter")
  void aValueOfALimiter(String line, String message) {
    given.file("tollgate {\n  limiters.x {\n    " + line + "\n  }\n}\n");

    assertThat(given.failure()).isEqualTo("DIR/t.conf:3: tollgate.limiters.x." + message);
  }

  /** A line inside {@code tollgate}, and what is said of it. */
  static Stream<Arguments> lines() {
    return Stream.of(
        arguments("enabled = yes", "tollgate.enabled is yes; it must be true or false"),
        arguments("enabled = 1", "tollgate.enabled is 1; it must be true or false"),
        arguments("quiet = on", "tollgate.quiet is on; it must be true or false"),
        arguments("quiet = True", "tollgate.quiet is True; it must be true or false"),
        arguments(
            "jmx = true", "tollgate.jmx is true; it must be a section with enabled, operations"),
        arguments("jmx.enabled = off", "tollgate.jmx.enabled is off; it must be true or false"),
        arguments(
            "jmx.operations = null", "tollgate.jmx.operations is null; it must be true or false"),
        arguments(
            "on-unknown-limiter = maybe",
            "tollgate.on-unknown-limiter is maybe; it must be fail or ignore"),
        arguments("on-missed = ignore", "tollgate.on-missed is ignore; it must be report or fail"),
        arguments("reload = 999ms", "tollgate.reload is 999ms" + RELOAD),
        arguments("reload = 367d", "tollgate.reload is 367d" + RELOAD),
        arguments("reload = 5", "tollgate.reload is 5" + RELOAD),
        arguments("reload = 0", "tollgate.reload is 0" + RELOAD),
        arguments("reload = on", "tollgate.reload is on" + RELOAD),
        arguments("reload = []", "tollgate.reload is a list" + RELOAD),
        arguments(
            "config = x",
            "tollgate.config can't name the file from inside it; use the agent argument config=…,"
                + " -Dtollgate.config=… or the environment variable TOLLGATE_CONFIG"),
        arguments("colour = red", "unknown key tollgate.colour; " + KNOWN),
        arguments("quite = true", "unknown key tollgate.quite; did you mean quiet? " + KNOWN),
        arguments(
            "onMissed = fail", "unknown key tollgate.onMissed; did you mean on-missed? " + KNOWN),
        arguments(
            "ON_MISSED = fail", "unknown key tollgate.ON_MISSED; did you mean on-missed? " + KNOWN),
        arguments(
            "limiter { x { permits = 5 } }",
            "unknown key tollgate.limiter; did you mean limiters? " + KNOWN),
        arguments(
            "jmx.enable = true",
            "unknown key tollgate.jmx.enable; did you mean enabled? known here are enabled,"
                + " operations"),
        arguments(
            "limiters.x.permit = 5",
            "unknown key tollgate.limiters.x.permit; did you mean permits? " + KNOWN_OF_LIMITER),
        arguments(
            "limiters.x.max_waiting = 5",
            "unknown key tollgate.limiters.x.max_waiting; did you mean max-waiting? "
                + KNOWN_OF_LIMITER),
        arguments(
            "limiters.x.\"a.b\" = 5",
            "unknown key tollgate.limiters.x.\"a.b\"; " + KNOWN_OF_LIMITER),
        arguments(
            "limiters = 5",
            "tollgate.limiters is 5; it must be a section with the limiters' names"),
        arguments(
            "limiters.x = null",
            "tollgate.limiters.x is null; it must be a section with permits, period, burst,"
                + " capacity, timeout, mode, max-waiting, max-keys, warm-up"),
        arguments(
            "limiters.9x.permits = 5",
            "tollgate.limiters.9x: '9x' can't be a limiter's name: a letter first, then letters,"
                + " digits, '_' or '-'"),
        arguments(
            "limiters { \"a.b\" { permits = 5 } }",
            "tollgate.limiters.\"a.b\": 'a.b' can't be a limiter's name: a letter first, then"
                + " letters, digits, '_' or '-'"),
        arguments(
            "limiters { \"\" { permits = 5 } }",
            "tollgate.limiters.: '' can't be a limiter's name: a letter first, then letters,"
                + " digits, '_' or '-'"),
        arguments(
            "limiters.x { permits = 1001, period = 1us }",
            "tollgate.limiters.x: permits is 1001; it must be at most one for each nanosecond of"
                + " period"),
        arguments(
            "limiters.github_api { permits = 60000000001 }",
            "tollgate.limiters.github_api: permits is 60000000001; it must be at most one for each"
                + " nanosecond of period"),
        arguments(
            "rules = 5",
            "tollgate.rules is 5; it must be a list of { method = \"…\", limiter = … }"),
        arguments(
            "rules = null",
            "tollgate.rules is null; it must be a list of { method = \"…\", limiter = … }"),
        arguments(
            "rules {}",
            "tollgate.rules is an empty section; it must be a list of { method = \"…\", limiter ="
                + " … }"),
        arguments(
            "rules { method = \"a#b\", limiter = x }",
            "tollgate.rules has limiter inside it; it must be a list of { method = \"…\", limiter ="
                + " … }"),
        arguments(
            "rules = [ 5 ]",
            "tollgate.rules[0] is 5; it must be a section with method, limiter, weight, timeout"),
        arguments(
            "rules = [ { limiter = x } ]",
            "tollgate.rules[0] has no method; give it a class, '#' and a method:"
                + " com.example.Client#send"),
        arguments(
            "rules = [ { method = \"a#b\", limiter = x }, { method = \"a#b\" } ]",
            "tollgate.rules[1] has no limiter; give it a limiter's name: a letter first, then"
                + " letters, digits, '_' or '-'"),
        arguments(
            "rules = [ { method = \"\", limiter = x } ]",
            "tollgate.rules[0].method is empty; it must be a class, '#' and a method:"
                + " com.example.Client#send"),
        arguments(
            "rules = [ { method = a.b, limiter = x } ]",
            "tollgate.rules[0].method is a.b; it must be a class, '#' and a method:"
                + " com.example.Client#send"),
        arguments(
            "rules = [ { method = \"a#b\", limiter = 5 } ]",
            "tollgate.rules[0].limiter is 5; it must be a limiter's name: a letter first, then"
                + " letters, digits, '_' or '-'"),
        arguments(
            "rules = [ { method = \"a#b\", limiter = x, weight = -1 } ]",
            "tollgate.rules[0].weight is -1; it must be at least 0"),
        arguments(
            "rules = [ { method = \"a#b\", limiter = x, weight = 9223372036854775808 } ]",
            "tollgate.rules[0].weight is 9223372036854775808; it must be at most"
                + " 9223372036854775807"),
        arguments(
            "rules = [ { method = \"a#b\", limiter = x, timeout = 5 } ]",
            "tollgate.rules[0].timeout can't be read: '5' has no unit" + DURATION),
        arguments(
            "rules = [ { method = \"a#b\", limiter = x, wait = 5s } ]",
            "unknown key tollgate.rules[0].wait; known here are method, limiter, weight, timeout"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aLine(String line, String message) {
    given.file("tollgate {\n  " + line + "\n}\n");

    assertThat(given.failure()).isEqualTo("DIR/t.conf:2: " + message);
  }

  /** Files that aren't in order, and what is said of each. */
  static Stream<Arguments> files() {
    return Stream.of(
        arguments("t.conf", "", ": has no tollgate { … }; write the settings inside one"),
        arguments("t.conf", "a = 1", ": has no tollgate { … }; write the settings inside one"),
        arguments(
            "t.conf", "limiters {}", ": has no tollgate { … }; write the settings inside one"),
        arguments("t.json", "{}", ": has no tollgate { … }; write the settings inside one"),
        arguments("t.properties", "a=1", ": has no key under tollgate; write tollgate.KEY=VALUE"),
        arguments(
            "t.properties",
            "tollgates.a=1",
            ": has no key under tollgate; write tollgate.KEY=VALUE"),
        arguments(
            "t.conf",
            "\ntollgate = 5",
            ":2: tollgate is 5; it must be a section with enabled,"
                + " limiters, rules, on-unknown-limiter, on-missed, jmx, reload, quiet, health"),
        arguments(
            "t.conf",
            "tollgate = null",
            ":1: tollgate is null; it must be a section with"
                + " enabled, limiters, rules, on-unknown-limiter, on-missed, jmx, reload, quiet, health"),
        arguments(
            "t.conf",
            "tollgate {\n  quiet = true\n",
            ":3: the file ends where a closing brace '}' is missing"),
        arguments(
            "t.conf",
            "tollgate {\n  quiet = : \n}",
            ":2: Expecting a value but got wrong token: ':' (if you intended ':' to be part of a"
                + " key or string value, try enclosing the key or value in double quotes)"),
        arguments(
            "t.conf",
            "tollgate {\n  quiet 5\n}",
            ":3: Key 'quiet 5' has no value; write KEY = VALUE"),
        arguments(
            "t.json",
            "{\"tollgate\": {\n\"quiet\": true,\n\"quiet\": true}}",
            ":3: JSON does not allow duplicate fields: 'quiet' was already seen"),
        arguments("t.json", "[1]", ":1: isn't a section; it must be one with tollgate { … } in it"),
        arguments("t.json", "", ":1: is empty; it must be a section with tollgate { … } in it"),
        arguments(
            "t.conf",
            "tollgate {\n  quiet = ${NOT_SET}\n}",
            ":2: ${NOT_SET} has no value; define it in the file or as an environment variable"),
        arguments(
            "t.conf",
            "tollgate {\n  a = ${tollgate.a}\n}",
            ":2: Could not resolve substitution to a value: ${tollgate.a} was part of a cycle of"
                + " substitutions involving ${tollgate.a}, ${tollgate.a}"),
        arguments(
            "t.conf",
            "include required(\"absent.conf\")\ntollgate {}",
            ": includes a required file that does not exist"),
        arguments("t.conf", "include url(\"http://127.0.0.1:9/a.conf\")\ntollgate {}", NOT_LOCAL),
        arguments("t.conf", "include url(\"file://host/a.conf\")\ntollgate {}", NOT_LOCAL),
        arguments("t.conf", "tollgate { include \"https://127.0.0.1:9/a.conf\" }", NOT_LOCAL),
        arguments(
            "t.conf",
            "include required(url(\"jar:http://127.0.0.1:9/a.jar!/a.conf\"))\ntollgate {}",
            NOT_LOCAL),
        arguments(
            "t.conf",
            "include required(url(\"file:/nowhere/absent.conf\"))\ntollgate {}",
            ": includes a required file that does not exist"),
        arguments(
            "t.properties",
            "a=1\ntollgate.quiet=true\ntollgate.quiet=true",
            ":3: tollgate.quiet is given twice; give it once"),
        arguments(
            "t.properties",
            "tollgate.jmx=true\ntollgate.jmx.enabled=true",
            ":2: tollgate.jmx and tollgate.jmx.enabled can't both be given; the second is inside"
                + " the first"),
        arguments(
            "t.properties",
            "a=1\ntollgate=true",
            ":2: tollgate is true; it must be a section: tollgate.KEY=VALUE"),
        arguments(
            "t.properties",
            "tollgate.a=\\u12",
            ":1: has a \\u without four hexadecimal digits; write \\\\u or \\u0041"),
        arguments(
            "t.properties",
            "tollgate.rules.0.method=a#b\ntollgate.rules.0.limiter=x\ntollgate.rules.1.method=a",
            ":3: tollgate.rules.1.method is a; it must be a class, '#' and a method:"
                + " com.example.Client#send"),
        arguments(
            "t.properties",
            "tollgate.rules.first.method=a#b",
            ":1: tollgate.rules has first inside it; it must be a list of { method = \"…\","
                + " limiter = … }"));
  }

  /** As a file is while somebody writes it in place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "t.conf | tollgate { | a closing brace '}'",
        "t.conf | tollgate { qu | a value",
        "t.conf | tollgate { quiet | a value",
        "t.conf | tollgate { quiet = | a value",
        "t.conf | tollgate { quiet = tr | a closing brace '}'",
        "t.conf | tollgate { quiet = true, | a closing brace '}'",
        "t.conf | tollgate { on-missed = \"fa | a closing quote",
        "t.conf | tollgate { health.tools = [ | a closing bracket ']'",
        "t.conf | tollgate { health.tools = [git | a closing bracket ']'",
        "t.conf | tollgate { health.tools = [git, | a closing bracket ']'",
        "t.conf | tollgate { rules = [ { method | a value",
        "t.json | { | a closing brace '}'",
        "t.json | {\"tollgate | a closing quote",
        "t.json | {\"tollgate\" | a value",
        "t.json | {\"tollgate\": | a value",
        "t.json | {\"tollgate\": {} | a closing brace '}'",
        "t.json | {\"tollgate\": {\"quiet\": true, | a closing brace '}'"
      })
  void aFileThatEndsTooEarly(String name, String text, String missing) {
    given.agentArguments("config=" + given.write(name, text));

    assertThat(given.failure())
        .isEqualTo("DIR/" + name + ":1: the file ends where " + missing + " is missing");
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFile(String name, String text, String message) {
    given.agentArguments("config=" + given.write(name, text));

    assertThat(given.failure()).isEqualTo("DIR/" + name + message);
  }

  @Test
  void aValueFromTheEnvironmentNamesItsVariable() {
    given.file("tollgate.limiters.x.permits = ${P}").environment("P", "lots");

    assertThat(given.failure())
        .isEqualTo(
            "DIR/t.conf, environment variable P: tollgate.limiters.x.permits is lots; it must be"
                + " a whole number, at least 1");
  }

  @Test
  void theMessageStaysOneLineWhateverTheValue() {
    given.file("tollgate.quiet = \"\"\"a\nb\r\u2028c\u0007\"\"\"");

    assertThat(given.failure())
        .isEqualTo("DIR/t.conf:2: tollgate.quiet is a b  c ; it must be true or false");
  }

  @Test
  void theFirstErrorOfTheFileIsReported() {
    given.file("tollgate {\n  reload = 5\n  quiet = 5\n  enabled = 5\n}");

    assertThat(given.failure()).startsWith("DIR/t.conf:2: ");
  }

  @Test
  void aNamedFileMustBeThere() {
    String absent = directory.resolve("absent.conf").toString();
    String right = "; it must be a readable file";

    given.environment("TOLLGATE_CONFIG", absent);
    assertThat(given.failure())
        .isEqualTo(
            "environment variable TOLLGATE_CONFIG is DIR/absent.conf, which does not exist"
                + right);
    given.systemProperty("tollgate.config", absent);
    assertThat(given.failure())
        .isEqualTo(
            "system property tollgate.config is DIR/absent.conf, which does not exist" + right);
    given.agentArguments("config=" + absent);
    assertThat(given.failure())
        .isEqualTo("agent argument config is DIR/absent.conf, which does not exist" + right);
    given.agentArguments("config=not/there.conf");
    assertThat(given.failure())
        .isEqualTo(
            "agent argument config is not/there.conf, which does not exist in "
                + new File("").getAbsolutePath()
                + right);
    given.agentArguments("config=" + directory);
    assertThat(given.failure())
        .isEqualTo("agent argument config is DIR, which is a directory" + right);
    given.agentArguments("config=");
    assertThat(given.failure()).isEqualTo("agent argument config is empty" + right);
    given.agentArguments(null).systemProperty("tollgate.config", " ");
    assertThat(given.failure()).isEqualTo("system property tollgate.config is empty" + right);
  }

  /** Whoever runs the tests may be allowed to read everything, hence a file that refuses. */
  @Test
  void aNamedFileMustBeReadable() throws IOException {
    Path file = Files.writeString(directory.resolve("t.properties"), "tollgate.quiet=true");
    File unreadable =
        new File(file.toString()) {
          private static final long serialVersionUID = 1L;

          @Override
          public boolean canRead() {
            return false;
          }
        };

    assertThat(check(unreadable))
        .isEqualTo("DIR/t.properties can't be read; it must be a readable file");
  }

  @Test
  void checkNamesTheFile() {
    assertThat(check(directory.resolve("absent.conf").toFile()))
        .isEqualTo("DIR/absent.conf does not exist; it must be a readable file");
    assertThat(check(new File(given.write("c.conf", "tollgate.quiet = 5"))))
        .isEqualTo("DIR/c.conf:1: tollgate.quiet is 5; it must be true or false");
  }

  private String check(File file) {
    return given.message(
        catchThrowableOfType(ConfigurationException.class, () -> SettingsLoader.check(file)));
  }

  /** It would end the reading thread, and be no reason not to start. */
  @Test
  void aFileThatIsNestedTooDeeplyCannotBeRead() {
    String deep = ": can't be read: it has too many sections or lists inside one another";
    given.agentArguments(
        "config=" + given.write("t.json", "{\"tollgate\": " + "[".repeat(100_000)));
    assertThat(given.failure()).isEqualTo("DIR/t.json" + deep);
    given.agentArguments(null).file("tollgate." + "a.".repeat(15_000) + "a = 1");
    assertThat(given.failure()).isEqualTo("DIR/t.conf" + deep);
    assertThat(check(directory.resolve("t.conf").toFile())).isEqualTo("DIR/t.conf" + deep);
  }

  /** Combinations that look odd and are right. */
  @Test
  void whatAnAnnotationMayCompleteIsAllowed() {
    given.file(
        """
        tollgate.limiters {
          a.permits = 5
          b.period = 1s
          c {}
          d { permits = 1, period = 1ns, timeout = 0 }
          e { permits = "5", period = "1.5 s" }
          github_api { capacity = 1, burst = 0 }
        }
        """);

    assertThat(given.load().limiters()).containsOnlyKeys("a", "b", "c", "d", "e", "github_api");
  }
}
