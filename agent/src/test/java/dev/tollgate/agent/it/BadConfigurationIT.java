package dev.tollgate.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A configuration that can't be honoured: one line, exit 1, and the program never ran. */
@OnEachJdk
class BadConfigurationIT {
  private static final String PROGRAM =
      """
      class Ran {
        public static void main(String[] args) {
          System.out.println("ran");
        }
      }
      """;

  @Parameter Jdk jdk;
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          limiters.github_api.permits = -5               | permits
          limiters.github_api.permits = 0                | permits
          limiters.github_api.permits = 9223372036854775808 | permits
          limiters.github_api.permits = 1.5              | permits
          limiters.github_api.permits = 1e400            | permits
          limiters.github_api.permits = many             | permits
          limiters.github_api.permits = null             | permits
          limiters.github_api.permits = []               | permits
          limiters.github_api.permits = 9223372036854775807 | permits
          limiters.github_api.burst = -1                 | burst
          limiters.github_api.burst = 9223372036854775807 | burst
          limiters.github_api.capacity = 0               | capacity
          limiters.github_api.capacity = 9223372036854775807 | capacity
          limiters.github_api.period = 30                | period
          limiters.github_api.period = 0s                | period
          limiters.github_api.period = -1s               | period
          limiters.github_api.period = 1 fortnight       | period
          limiters.github_api.period = 99999999999999d   | period
          limiters.github_api.timeout = 30               | timeout
          limiters.github_api.timeout = -1ms             | timeout
          limiters.github_api.mode = enforced            | mode
          limiters.github_api.max-waiting = -1           | max-waiting
          limiters.github_api.permit = 5                 | permit
          limiters.github_api = 5                        | github_api
          limiters.1st { permits = 1, period = 1s }      | 1st
          limiters."a b" { permits = 1, period = 1s }    | a b
          limiter.github_api.permits = 5                 | limiter
          enabled = yep                                  | enabled
          on-unknown-limiter = failing                   | on-unknown-limiter
          on-missed = true                               | on-missed
          reload = 5                                     | reload
          jmx.operation = true                           | operation
          quiet = 1                                      | quiet
          """)
  void inTheFileNamesFileLineAndKey(String line, String key) throws IOException {
    Path conf = write("t.conf", "# Comment\ntollgate {\n  " + line + "\n}\n");
    String error = refusal(Jvm.on(jdk).agent("config=" + conf));

    assertThat(error).contains(conf + ":3", key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limiters.github_api.permits=-5      | permits",
        "limiters.github_api.permits=0       | permits",
        "limiters.github_api.period=30       | period",
        "limiters.github_api.permits=99999999999999999999 | permits",
        "limiters.github_api.permit=5        | permit",
        "limiters.9x.permits=5               | 9x",
        "enable=false                        | enable",
        "mode=off                            | mode"
      })
  void inAPropertyOrAnArgumentNamesTheKey(String setting, String key) {
    assertThat(refusal(Jvm.on(jdk).agent(setting))).contains(key);
    assertThat(refusal(Jvm.on(jdk).agent("").option("-Dtollgate." + setting))).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quiet",
        "=",
        "quiet=true,,",
        "config=\"unclosed",
        "config=",
        "quiet=true,quiet=false,x"
      })
  void inTheWayArgumentsAreWritten(String arguments) {
    refusal(Jvm.on(jdk).agent(arguments));
  }

  @ParameterizedTest
  @CsvSource({
    "t.conf, 'tollgate { quiet = true', 1",
    "t.conf, 'tollgate { quiet = ${NOWHERE} }', 1",
    "t.conf, 'tollgate = [1, 2', 1",
    "t.conf, 'tollgate { quiet : : }', 1",
    "t.json, '{\"tollgate\": {\"quiet\": true,}', 1",
    "t.json, 'tollgate { quiet = true }', 1",
    "t.properties, 'tollgate.quiet=\\u12', 1",
  })
  void inTheSyntaxNamesFileAndLine(String name, String text, int line) throws IOException {
    Path file = write(name, text);

    assertThat(refusal(Jvm.on(jdk).agent("config=" + file))).contains(file + ":" + line);
  }

  @Test
  void aFileThatIsNotText() throws IOException {
    Path file = folder.resolve("t.conf");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, (byte) 0x80, '{'});

    assertThat(refusal(Jvm.on(jdk).agent("config=" + file))).contains(file.toString());
  }

  @Test
  void aFileThatIsNotThere() {
    Path absent = folder.resolve("absent.conf");

    assertThat(refusal(Jvm.on(jdk).agent("config=" + absent))).contains(absent.toString());
    assertThat(refusal(Jvm.on(jdk).agent("").option("-Dtollgate.config=" + absent)))
        .contains(absent.toString());
    assertThat(refusal(Jvm.on(jdk).agent("").environment("TOLLGATE_CONFIG", absent.toString())))
        .contains(absent.toString());
  }

  @Test
  void aFileThatIsADirectory() {
    assertThat(refusal(Jvm.on(jdk).agent("config=" + folder))).contains(folder.toString());
  }

  @Test
  void aFileThatMayNotBeRead() throws IOException {
    Path file = write("secret.conf", "tollgate.quiet = true");
    Files.setPosixFilePermissions(file, Set.of());
    assumeFalse(Files.isReadable(file), "this user may read everything");

    assertThat(refusal(Jvm.on(jdk).agent("config=" + file))).contains(file.toString());
  }

  /** Without the bound, a fault of memory would have left the program unlimited. */
  @Test
  void substitutionsThatStandForMoreThanMemoryHolds() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append("a%d = ${a%d} ${a%d}%n".formatted(i, i + 1, i + 2));
    }
    Path file = write("t.conf", text + "a40 = 1\na41 = 2\ntollgate.quiet = ${a0}");

    assertThat(refusal(Jvm.on(jdk).agent("config=" + file).option("-Xmx256m")))
        .contains(file + ": has substitutions that stand for more than");
  }

  @Test
  void moreLimitersThanAnyFileHas() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      text.append("tollgate.limiters.x").append(i).append(" { permits = 1, period = 1s }\n");
    }

    assertThat(refusal(Jvm.on(jdk).agent("config=" + write("t.conf", text.toString()))))
        .contains("is too large");
  }

  /** The memory is there again when the line is written. */
  @Test
  void aFileThatTakesMoreMemoryThanThereIs() throws IOException {
    String text = "{\"tollgate\": {\"health\": {\"tools\": [" + "1,".repeat(200_000) + "1]}}}";
    Path file = write("t.json", text);

    assertThat(refusal(Jvm.on(jdk).agent("config=" + file).option("-Xmx12m")))
        .contains(file + ": can't be read: it takes more memory than there is");
  }

  @Test
  void aPipeOrADevice() throws Exception {
    assumeTrue(new File("/dev/zero").canRead(), "needs /dev/zero");
    assertThat(refusal(Jvm.on(jdk).agent("config=/dev/zero"))).contains("is no regular file");

    assumeTrue(new File("/usr/bin/mkfifo").canExecute(), "needs mkfifo");
    Path pipe = folder.resolve("pipe.conf");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(refusal(Jvm.on(jdk).agent("config=" + pipe))).contains("is no regular file");
  }

  /** Also where it is told to be quiet: an error isn't chatter. */
  @Test
  void inQuietToo() {
    refusal(Jvm.on(jdk).agent("quiet=true,limiters.github_api.permits=0"));
  }

  @Test
  void onTheClassPath() throws IOException {
    write("tollgate.conf", "tollgate {\n quiet = maybe }");
    JvmResult result =
        Jvm.on(jdk).agent("").classPath(folder, Programs.compile(PROGRAM)).main("Ran").run();

    assertThat(line(result)).contains("tollgate.conf:2", "quiet");
  }

  private static String refusal(Jvm jvm) {
    return line(jvm.classPath(Programs.compile(PROGRAM)).main("Ran").run());
  }

  private static String line(JvmResult result) {
    assertThat(result.exit()).as("%s", result).isEqualTo(1);
    assertThat(result.out()).as("%s", result).isEmpty();
    assertThat(result.err()).as("%s", result).hasSize(1);
    String line = result.err().get(0);
    assertThat(line)
        .startsWith("tollgate: ")
        .doesNotContain("Exception", "FATAL", "hs_err", "dev.tollgate.");
    return line;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
