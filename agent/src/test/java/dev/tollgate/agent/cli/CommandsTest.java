package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static final List<String> COMMANDS =
      List.of(
          "demo", "status", "watch", "ready", "live", "attach", "detach", "check", "version",
          "help");

  @Test
  void anArgumentWithAnAtSignIsNoFileWithArguments(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("arguments"), "version");
    CommandLineResult result = CommandLineResult.of("@" + file);

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).first().asString().contains("@" + file);
  }

  @Test
  void withoutACommandHelpsAndFails() {
    CommandLineResult result = CommandLineResult.of();

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).isEqualTo(CommandLineResult.of("help").out());
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h"})
  void helpNamesEachCommand(String help) {
    CommandLineResult result = CommandLineResult.of(help);

    assertThat(result.exit()).isZero();
    assertThat(result.out().get(0)).startsWith("Usage: java -jar tollgate-agent.jar ");
    for (String command : COMMANDS) {
      assertThat(result.out()).anyMatch(line -> line.startsWith("  " + command + " "));
    }
    assertThat(result.out()).allMatch(line -> line.length() <= 80);
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo", "status", "watch", "ready", "live", "attach", "detach", "check", "version"
      })
  void eachCommandHelps(String command) {
    CommandLineResult result = CommandLineResult.of(command, "--help");

    assertThat(result.exit()).isZero();
    assertThat(result.out().get(0)).startsWith("Usage: java -jar tollgate-agent.jar " + command);
    assertThat(result.out()).allMatch(line -> line.length() <= 80);
    assertThat(CommandLineResult.of("help", command).out()).isEqualTo(result.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version", "-V"})
  void versionIsOneLine(String version) {
    CommandLineResult result = CommandLineResult.of(version);

    assertThat(result.exit()).isZero();
    assertThat(result.out()).singleElement().asString().startsWith("tollgate ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nope",
        "--nope",
        "demo --nope",
        "demo nope",
        "attach",
        "detach 1 2",
        "check",
        "check a b"
      })
  void whatIsNotUnderstoodFailsWithAMessage(String line) {
    CommandLineResult result = CommandLineResult.of(line.split(" "));

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().get(0))
        .matches("(Unmatched argument|Unknown option|Missing required).*");
  }
}
