package dev.tollgate.jmx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/** A flat table of texts; a row is told by all its columns, and equal rows are shown once. */
final class Table<R> {
  private final List<Column<R>> columns;
  private final TabularType type;

  private Table(List<Column<R>> columns, TabularType type) {
    this.columns = columns;
    this.type = type;
  }

  static <R> Table<R> of(String name, String rowAbout, List<Column<R>> columns) {
    String[] names = columns.stream().map(Column::name).toArray(String[]::new);
    String[] abouts = columns.stream().map(Column::about).toArray(String[]::new);
    OpenType<?>[] types = columns.stream().map(c -> SimpleType.STRING).toArray(OpenType<?>[]::new);
    try {
      CompositeType row = new CompositeType(name + "Row", rowAbout, names, abouts, types);
      return new Table<>(columns, new TabularType(name, rowAbout, row, names));
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  static <R> Column<R> column(String name, String about, Function<R, String> value) {
    return new Column<>(name, about, value);
  }

  TabularType type() {
    return type;
  }

  TabularData rows(List<R> values) {
    TabularData table = new TabularDataSupport(type);
    for (R value : values) {
      Map<String, Object> cells = new LinkedHashMap<>();
      for (Column<R> column : columns) {
        cells.put(column.name, column.value.apply(value));
      }
      CompositeData row = row(cells);
      if (!table.containsKey(table.calculateIndex(row))) {
        table.put(row);
      }
    }
    return table;
  }

  private CompositeData row(Map<String, Object> cells) {
    try {
      return new CompositeDataSupport(type.getRowType(), cells);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A column: its name, what it is, and its value of a row. */
  record Column<R>(String name, String about, Function<R, String> value) {}
}
