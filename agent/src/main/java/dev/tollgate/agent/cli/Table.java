package dev.tollgate.agent.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/**
 * Columns of text, each as wide as its widest cell: the first to the left, the others right. A
 * table that would be too wide for a page is set closer, and then the first column cut.
 */
final class Table {
  static final int PAGE = 80;

  private static final int GAP = 3;
  private static final int NARROW_GAP = 2;
  private static final int LEAST_PROSE = 24;
  private static final int MOST_LINES = 3;

  private final List<List<Cell>> rows = new ArrayList<>();
  private final boolean prose;

  Table(String... headers) {
    this(false, headers);
  }

  private Table(boolean prose, String... headers) {
    this.prose = prose;
    List<Cell> row = new ArrayList<>();
    for (String header : headers) {
      row.add(new Cell(header, "faint"));
    }
    rows.add(row);
  }

  /** The last column is to the left too, and takes several lines where it is too wide. */
  static Table withProse(String... headers) {
    return new Table(true, headers);
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
    int[] widths = widths();
    int gap = total(widths, GAP) <= PAGE ? GAP : NARROW_GAP;
    widths[0] -= Math.max(0, total(widths, gap) - PAGE);
    List<String> lines = new ArrayList<>();
    for (List<Cell> row : rows) {
      lines.addAll(lines(row, widths, gap, ansi));
    }
    return lines;
  }

  /** Of prose, what it needs at least: it gets all the room that the others leave. */
  private int[] widths() {
    int[] widths = new int[rows.get(0).size()];
    for (List<Cell> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).text().length());
      }
    }
    if (prose) {
      int last = widths.length - 1;
      widths[last] = Math.min(widths[last], LEAST_PROSE);
    }
    return widths;
  }

  private static int total(int[] widths, int gap) {
    int total = gap * (widths.length - 1);
    for (int width : widths) {
      total += width;
    }
    return total;
  }

  private List<String> lines(List<Cell> row, int[] widths, int gap, Ansi ansi) {
    int last = widths.length - 1;
    StringBuilder line = new StringBuilder();
    Cell first = row.get(0);
    String name = PlainText.cut(first.text(), widths[0]);
    line.append(Styled.text(ansi, first.style(), name)).append(spaces(widths[0] - name.length()));
    for (int column = 1; column < (prose ? last : widths.length); column++) {
      Cell cell = row.get(column);
      line.append(spaces(gap + widths[column] - cell.text().length())).append(cell.in(ansi));
    }
    if (!prose) {
      return List.of(line.toString());
    }
    List<String> lines = new ArrayList<>();
    Cell text = row.get(last);
    int indent = total(widths, gap) - widths[last];
    for (String part : PlainText.wrap(text.text(), PAGE - indent, MOST_LINES)) {
      String before = lines.isEmpty() ? line + spaces(gap) : spaces(indent);
      lines.add((before + Styled.text(ansi, text.style(), part)).stripTrailing());
    }
    return lines;
  }

  private static String spaces(int count) {
    return " ".repeat(count);
  }

  /**
   * One text in a table, {@linkplain PlainText made plain} wherever it came from.
   *
   * @param style as picocli names it, for example {@code bold,green}; empty for none
   */
  record Cell(String text, String style) {
    Cell {
      text = PlainText.of(text);
    }

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
