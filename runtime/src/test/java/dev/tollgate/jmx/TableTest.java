package dev.tollgate.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;

class TableTest {
  private record Row(String a, String b) {}

  private record Measure(String name, Integer number) {}

  private final Table<Measure> indexed =
      Table.<Measure>of(
              "Measures",
              "a measure",
              List.of(
                  Table.column("name", "its name", Measure::name),
                  Table.column("number", "its number", SimpleType.INTEGER, Measure::number)))
          .indexedBy("name");

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

  @Test
  void hasColumnsOfOtherTypesWhoseCellsMayBeEmpty() {
    TabularData rows = indexed.rows(List.of(new Measure("x", 1), new Measure("y", null)));
    assertThat(indexed.type().getRowType().getType("name")).isEqualTo(SimpleType.STRING);
    assertThat(indexed.type().getRowType().getType("number")).isEqualTo(SimpleType.INTEGER);
    assertThat(rows.get(new Object[] {"x"}).get("number")).isEqualTo(1);
    assertThat(rows.get(new Object[] {"y"}).get("number")).isNull();
  }

  @Test
  void withAnIndexOfItsOwnFindsRowsByItAndShowsTheFirstOfEach() {
    assertThat(indexed.type().getIndexNames()).containsExactly("name");
    assertThat(indexed.type().getTypeName()).isEqualTo("Measures");
    assertThat(indexed.type().getDescription()).isEqualTo("a measure");
    TabularData rows = indexed.rows(List.of(new Measure("x", 1), new Measure("x", 2)));
    assertThat(rows.size()).isEqualTo(1);
    assertThat(rows.get(new Object[] {"x"}).get("number")).isEqualTo(1);
  }
}
