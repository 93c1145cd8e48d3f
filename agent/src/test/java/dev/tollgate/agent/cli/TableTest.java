package dev.tollgate.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tollgate.agent.cli.Table.Cell;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class TableTest {

  @Test
  void theFirstColumnIsToTheLeftAndTheOthersRight() {
    Table table = new Table("name", "n", "long header");
    table.add(Cell.of("a"), Cell.of(12345), Cell.of("x"));
    table.add(Cell.of("longer"), Cell.of(1), Cell.of("yy"));

    assertThat(table.lines(Ansi.OFF))
        .containsExactly(
            "name         n   long header",
            "a        12345             x",
            "longer       1            yy");
  }

  @Test
  void coloursTakeNoRoom() {
    Table table = new Table("", "n");
    table.add(Cell.of("a"), new Cell("5", "bold,red"));
    table.add(Cell.of("b"), new Cell("1234", "green"));

    List<String> coloured = table.lines(Ansi.ON);

    assertThat(coloured.get(1)).isEqualTo("a      \u001b[1m\u001b[31m5\u001b[0m");
    assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[\\d*m", "")).toList())
        .isEqualTo(table.lines(Ansi.OFF));
  }

  @Test
  void aRowHasACellForEachColumn() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Table("a", "b").add(Cell.of(1)));
  }
}
