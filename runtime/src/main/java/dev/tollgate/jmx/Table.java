package dev.tollgate.jmx;

import java.util.List;
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
import org.jspecify.annotations.Nullable;

/** A flat table. Rows that its index can't tell apart are shown once, as the first of them is. */
final class Table<R> {
  private final List<Column<R>> columns;
  private final TabularType type;

  private Table(List<Column<R>> columns, TabularType type) {
    this.columns = columns;
    this.type = type;
  }

  /** All columns are its index. */
  static <R> Table<R> of(String name, String rowAbout, List<Column<R>> columns) {
    String[] names = columns.stream().map(Column::name).toArray(String[]::new);
    String[] abouts = columns.stream().map(Column::about).toArray(String[]::new);
    OpenType<?>[] types = columns.stream().map(Column::type).toArray(OpenType<?>[]::new);
    try {
      CompositeType row = new CompositeType(name + "Row", rowAbout, names, abouts, types);
      return new Table<>(columns, new TabularType(name, rowAbout, row, names));
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A column of texts. */
  static <R> Column<R> column(String name, String about, Function<R, String> value) {
    return column(name, about, SimpleType.STRING, value);
  }

  static <R, T> Column<R> column(
      String name, String about, OpenType<T> type, Function<R, ? extends @Nullable T> value) {
    return new Column<>(name, about, type, value);
  }

  /** The same, with these columns as its index. */
  Table<R> indexedBy(String... names) {
    try {
      return new Table<>(
          columns,
          new TabularType(type.getTypeName(), type.getDescription(), type.getRowType(), names));
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  TabularType type() {
    return type;
  }

  TabularData rows(List<R> values) {
    TabularData table = new TabularDataSupport(type);
    for (R value : values) {
      CompositeData row = row(value);
      if (!table.containsKey(table.calculateIndex(row))) {
        table.put(row);
      }
    }
    return table;
  }

  private CompositeData row(R value) {
    String[] names = new String[columns.size()];
    @Nullable Object[] cells = new Object[names.length];
    for (int i = 0; i < names.length; i++) {
      Column<R> column = columns.get(i);
      names[i] = column.name;
      cells[i] = column.value.apply(value);
    }
    try {
      return new CompositeDataSupport(type.getRowType(), names, cells);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A column: its name, what it is, and its value of a row. */
  record Column<R>(
      String name, String about, OpenType<?> type, Function<R, ? extends @Nullable Object> value) {}
}
