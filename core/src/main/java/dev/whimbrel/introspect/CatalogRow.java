package dev.whimbrel.introspect;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The current row of a catalog query, read by column names; valid only while it is current. */
public final class CatalogRow {
  private final ResultSet row;

  CatalogRow(ResultSet row) {
    this.row = row;
  }

  /** A text that is there. */
  public String text(String column) throws SQLException {
    String value = row.getString(column);
    if (value == null) {
      throw new SQLException("the catalog has no " + column);
    }
    return value;
  }

  /** A text, or null. */
  public @Nullable String textOrNull(String column) throws SQLException {
    return row.getString(column);
  }

  /** A truth; false for null. */
  public boolean flag(String column) throws SQLException {
    return row.getBoolean(column);
  }

  /** A whole number; 0 for null. */
  public int number(String column) throws SQLException {
    return row.getInt(column);
  }

  /** An object's number; 0 for null. */
  public long oid(String column) throws SQLException {
    return row.getLong(column);
  }

  /** The items of a text array; none for null, and an item that is null is the empty text. */
  public List<String> texts(String column) throws SQLException {
    Array array = row.getArray(column);
    if (array == null) {
      return List.of();
    }
    return Arrays.stream((@Nullable Object[]) array.getArray())
        .map(item -> item == null ? "" : item.toString())
        .toList();
  }

  /** Whole numbers that are written with blanks between; none for null. */
  public int[] numbers(String column) throws SQLException {
    String text = row.getString(column);
    return text == null || text.isEmpty()
        ? new int[0]
        : Arrays.stream(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
  }

  /** Objects' numbers that are written with blanks between; none for null. */
  public long[] oids(String column) throws SQLException {
    String text = row.getString(column);
    return text == null || text.isEmpty()
        ? new long[0]
        : Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
  }
}
