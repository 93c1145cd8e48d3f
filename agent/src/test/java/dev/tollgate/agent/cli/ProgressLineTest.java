package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.agent.cli.demo.Run;
import dev.tollgate.agent.cli.demo.Scenario;
import dev.tollgate.agent.cli.demo.Tally;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  @Test
  void isALineForEachRunWhereLinesCannotBeRewritten() {
    assertThat(show(false).lines())
        .containsExactly(
            "1  java IssuesClient",
            "2  java -javaagent:tollgate-agent.jar IssuesClient   (takes 12.5s)");
  }

  @Test
  void leavesTheSameLinesOnATerminal() {
    assertThat(onScreen(show(true))).isEqualTo(show(false).lines().toList());
  }

  @Test
  void showsHowFarItIsOnATerminal() {
    assertThat(show(true))
        .contains("\r   [###############...............] 75 of 150 calls, 3 x 429");
  }

  private static String show(boolean rewrites) {
    StringWriter text = new StringWriter();
    ProgressLine progress = new ProgressLine(new PrintWriter(text), rewrites, Scenario.standard());
    for (Run run : Run.values()) {
      progress.started(run);
      progress.answered(new Tally(72, 3));
      progress.answered(new Tally(150, 0));
      progress.finished();
    }
    return text.toString();
  }

  /** What can be read in the end: a carriage return goes back, and characters replace others. */
  private static List<String> onScreen(String text) {
    return Arrays.stream(text.split("\n"))
        .map(ProgressLineTest::overwritten)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String overwritten(String line) {
    String seen = "";
    for (String part : line.split("\r")) {
      seen = part + seen.substring(Math.min(part.length(), seen.length()));
    }
    return seen.strip();
  }
}
