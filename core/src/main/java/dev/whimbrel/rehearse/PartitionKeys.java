package dev.whimbrel.rehearse;

import dev.whimbrel.sql.Splitter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the partitions of a target's tables are made by; the target is only read. */
final class PartitionKeys {
  private final Connection target;
  private final Splitter splitter;

  PartitionKeys(Connection target, Splitter splitter) {
    this.target = target;
    this.splitter = splitter;
  }

  /**
   * What the rows of a partition must satisfy.
   *
   * @param parent the partitioned table
   * @param bound before {@code for values} or {@code default}
   * @return empty where that cannot be told
   */
  String condition(long parent, Cursor bound) {
    String key = key(parent);
    int open = key.indexOf('(');
    if (open < 0 || !bound.take("for", "values")) {
      return "";
    }
    List<String> columns = cut(key.substring(open + 1, key.lastIndexOf(')')));
    if (bound.take("in")) {
      return in(columns.get(0), cut(bound.group()));
    }
    if (bound.take("from")) {
      List<String> from = cut(bound.group());
      bound.take("to");
      return range(columns, from, cut(bound.group()));
    }
    return "";
  }

  /** The default partition of a table, 0 for none. */
  long defaultOf(long parent) {
    try (PreparedStatement statement =
        target.prepareStatement(
            "select partdefid::bigint from pg_catalog.pg_partitioned_table where partrelid ="
                + " ?::oid")) {
      statement.setLong(1, parent);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    } catch (SQLException e) {
      return 0; // the table is made by an earlier statement
    }
  }

  private String key(long parent) {
    try (PreparedStatement statement =
        target.prepareStatement("select pg_catalog.pg_get_partkeydef(?::oid)")) {
      statement.setLong(1, parent);
      try (ResultSet row = statement.executeQuery()) {
        String key = row.next() ? row.getString(1) : null;
        return key == null ? "" : key;
      }
    } catch (SQLException e) {
      return ""; // the table is made by an earlier statement, or is no partitioned one
    }
  }

  private List<String> cut(String list) {
    List<String> parts = new ArrayList<>();
    for (Cursor part : new Cursor(list, splitter.tokens(list)).parts()) {
      parts.add(part.until(";"));
    }
    return parts;
  }

  private static String in(String column, List<String> values) {
    List<String> others = values.stream().filter(each -> !each.equalsIgnoreCase("null")).toList();
    String known =
        others.isEmpty()
            ? "false"
            : "%1$s is not null and %1$s in (%2$s)".formatted(column, String.join(", ", others));
    return others.size() == values.size() ? known : "%s is null or %s".formatted(column, known);
  }

  private static String range(List<String> columns, List<String> from, List<String> to) {
    List<String> parts = new ArrayList<>();
    columns.forEach(each -> parts.add(each + " is not null"));
    parts.add(bound(columns, from, ">=", ">"));
    parts.add(bound(columns, to, "<", "<="));
    parts.removeIf(String::isEmpty);
    return String.join(" and ", parts);
  }

  /**
   * Compares as many columns as there are values before the first that is without a limit.
   *
   * @param whole how, where all are compared
   * @param cut how, where the next value is above or below all others
   */
  private static String bound(List<String> columns, List<String> values, String whole, String cut) {
    int known = 0;
    while (known < Math.min(columns.size(), values.size())
        && !values.get(known).toLowerCase(Locale.ROOT).matches("m(in|ax)value")) {
      known++;
    }
    if (known == 0) {
      return "";
    }
    boolean above = known < values.size() && values.get(known).equalsIgnoreCase("maxvalue");
    return "(%s) %s (%s)"
        .formatted(
            String.join(", ", columns.subList(0, known)),
            above ? cut : whole,
            String.join(", ", values.subList(0, known)));
  }
}
