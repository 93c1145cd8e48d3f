package dev.tollgate.agent.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Columns of text, each as wide as its widest cell: the first to the left, the others right. */
final class Table {
  private static final String GAP = "   ";

  private final List<List<Cell>> rows = new ArrayList<>();

  Table(String... headers) {
    List<Cell> row = new ArrayList<>();
    for (String header : headers) {
      row.add(new Cell(header, "faint"));
    }
    rows.add(row);
  }

  /**
   * @throws IllegalArgumentException if there are more or fewer cells than headers
   */
  void add(Cell... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + rows.get(0).size() + " columns");
    }
    rows.add(List.of(cells));
  }

  /** The headers and the rows, without spaces at the end. */
  List<String> lines(Ansi ansi) {
    int[] widths = new int[rows.get(0).size()];
    for (List<Cell> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).text().length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<Cell> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        Cell cell = row.get(column);
        String padding = " ".repeat(widths[column] - cell.text().length());
        if (column == 0) {
          line.append(cell.in(ansi)).append(padding);
        } else {
          line.append(GAP).append(padding).append(cell.in(ansi));
        }
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /**
   * One text in a table.
   *
   * @param style as picocli names it, for example {@code bold,green}; empty for none
   */
  record Cell(String text, String style) {
    static Cell of(String text) {
      return new Cell(text, "");
    }

    static Cell of(long number) {
      return of(Long.toString(number));
    }

    private String in(Ansi ansi) {
      return Styled.text(ansi, style, text);
    }
  }
}
