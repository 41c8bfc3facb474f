package dev.whimbrel.importing;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds and reads the tables in which other tools keep their history. */
public final class ForeignTables {
  private static final Set<String> SYSTEM = Set.of("pg_catalog", "information_schema");

  private static final List<String> LIQUIBASE_LOCK = List.of("lockgranted", "lockedby", "locked");

  private ForeignTables() {}

  /** A tool's own table. */
  public record Found(Importer importer, ForeignTable table) {}

  /** The tables that look like some tool's own, the most telling first. */
  public static List<Found> detect(Connection connection) throws SQLException {
    List<Found> found = new ArrayList<>();
    Set<String> taken = new LinkedHashSet<>();
    for (Importer importer : Importers.all()) {
      for (ForeignTable table : of(connection, importer)) {
        if (taken.add(table.toString())) {
          found.add(new Found(importer, table));
        }
      }
    }
    return found;
  }

  /** All tables that other tools keep for themselves, those that hold no history too. */
  public static List<ForeignTable> kept(Connection connection) throws SQLException {
    List<ForeignTable> tables = new ArrayList<>(with(connection, LIQUIBASE_LOCK));
    detect(connection).forEach(found -> tables.add(found.table()));
    return tables;
  }

  /** The tables that look like this tool's own. */
  public static List<ForeignTable> of(Connection connection, Importer importer)
      throws SQLException {
    return with(connection, importer.columns()).stream().filter(importer::keeps).toList();
  }

  private static List<ForeignTable> with(Connection connection, List<String> wanted)
      throws SQLException {
    String marker = wanted.get(0);
    Set<List<String>> places = new LinkedHashSet<>(tablesWith(connection, marker));
    places.addAll(tablesWith(connection, marker.toUpperCase(Locale.ROOT)));
    List<ForeignTable> tables = new ArrayList<>();
    for (List<String> place : places) {
      ForeignTable table = new ForeignTable(place.get(0), place.get(1), columns(connection, place));
      if (table.columns().containsAll(wanted)) {
        tables.add(table);
      }
    }
    return tables;
  }

  private static List<List<String>> tablesWith(Connection connection, String column)
      throws SQLException {
    List<List<String>> tables = new ArrayList<>();
    DatabaseMetaData meta = connection.getMetaData();
    String pattern = column.replace("_", meta.getSearchStringEscape() + "_");
    try (ResultSet rows = meta.getColumns(null, null, "%", pattern)) {
      while (rows.next()) {
        String schema = rows.getString("TABLE_SCHEM");
        if (schema == null || !SYSTEM.contains(schema)) {
          tables.add(List.of(schema == null ? "" : schema, rows.getString("TABLE_NAME")));
        }
      }
    }
    return tables;
  }

  private static Set<String> columns(Connection connection, List<String> place)
      throws SQLException {
    Set<String> columns = new LinkedHashSet<>();
    String schema = place.get(0).isEmpty() ? null : place.get(0);
    DatabaseMetaData meta = connection.getMetaData();
    String table = place.get(1).replace("_", meta.getSearchStringEscape() + "_");
    try (ResultSet rows = meta.getColumns(null, schema, table, "%")) {
      while (rows.next()) {
        if (rows.getString("TABLE_NAME").equals(place.get(1))) {
          columns.add(rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
        }
      }
    }
    return columns;
  }

  /** All rows of a table as texts, by column name in lower case; nulls are left out. */
  public static List<Map<String, String>> rows(Connection connection, ForeignTable table)
      throws SQLException {
    List<Map<String, String>> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from " + table.quoted())) {
      ResultSetMetaData meta = rows.getMetaData();
      while (rows.next()) {
        Map<String, String> row = new HashMap<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          String value = rows.getString(i);
          if (value != null) {
            row.put(meta.getColumnLabel(i).toLowerCase(Locale.ROOT), value);
          }
        }
        all.add(row);
      }
    }
    return all;
  }

  /** Rows in the order of a whole number that each has. */
  static List<Map<String, String>> ordered(List<Map<String, String>> rows, String column) {
    Map<Long, List<Map<String, String>>> sorted = new TreeMap<>();
    for (Map<String, String> row : rows) {
      long key = Long.parseLong(row.getOrDefault(column, "0"));
      sorted.computeIfAbsent(key, k -> new ArrayList<>()).add(new LinkedHashMap<>(row));
    }
    return sorted.values().stream().flatMap(List::stream).toList();
  }

  /** Whether a text stands for true in some engine's spelling. */
  static boolean isTrue(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "t", "true", "1", "yes" -> true;
      default -> false;
    };
  }
}
