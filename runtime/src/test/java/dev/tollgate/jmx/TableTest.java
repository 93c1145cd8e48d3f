package dev.tollgate.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

class TableTest {
  private record Row(String a, String b) {}

  private final Table<Row> table =
      Table.of(
          "Rows",
          "a row",
          List.of(
              Table.column("first", "the first", Row::a),
              Table.column("second", "the second", Row::b)));

  @Test
  void hasARowForEachValueAndEqualOnesOnce() {
    TabularData rows = table.rows(List.of(new Row("x", "1"), new Row("x", "2"), new Row("x", "1")));
    assertThat(rows.size()).isEqualTo(2);
    assertThat(rows.get(new Object[] {"x", "2"}).get("second")).isEqualTo("2");
    assertThat(rows.getTabularType()).isEqualTo(table.type());
  }

  @Test
  void keepsTheOrderOfItsColumnsInItsIndexAndSaysWhatTheyAre() {
    assertThat(table.type().getIndexNames()).containsExactly("first", "second");
    assertThat(table.type().getRowType().getDescription("second")).isEqualTo("the second");
    assertThat(table.type().getTypeName()).isEqualTo("Rows");
    assertThat(table.rows(List.of()).isEmpty()).isTrue();
  }
}
