package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalSizeTest {

  @Test
  void sttyWritesRowsFirst() {
    assertThat(TerminalSize.parse("50 132\n")).isEqualTo(new TerminalSize(50, 132));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0 0\n", "24", "-1 80", "24 80 1", "99999999999 80", "stty: error"})
  void anAnswerThatIsNoSizeIsTheStandardTerminal(String answer) {
    assertThat(TerminalSize.parse(answer)).isEqualTo(new TerminalSize(24, 80));
  }

  @Test
  void aPageThatFitsStaysAsItIs() {
    List<String> lines = List.of("1", "2", "3");
    assertThat(new TerminalSize(4, 80).fit(lines)).isEqualTo(lines);
    assertThat(new TerminalSize(3, 80).fit(lines))
        .containsExactly("1", "2 more lines than fit this terminal");
  }

  @Test
  void noPageFitsATerminalOfOneRow() {
    assertThat(new TerminalSize(1, 80).fit(List.of("1", "2"))).isEmpty();
  }
}
