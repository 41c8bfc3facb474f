package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Names;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was made up on a database, with the tables and the types of their columns. Not thread-safe.
 */
final class Makings {
  /** What an unknown column may be, the most likely first. */
  private static final List<String> TYPES =
      List.of(
          "text",
          "integer",
          "bigint",
          "timestamp with time zone",
          "boolean",
          "jsonb",
          "numeric",
          "date",
          "uuid",
          "text[]",
          "tstzrange",
          "timestamp without time zone");

  private final Connection connection;
  private final List<String> made = new ArrayList<>();

  /** Columns that were made up, with the types that were tried, by table. */
  private final Map<String, Map<String, List<String>>> tables = new TreeMap<>();

  Makings(Connection connection) {
    this.connection = connection;
  }

  /** What makes it all, in order. */
  List<String> statements() {
    return made;
  }

  boolean make(String sql) {
    if (Tried.run(connection, false, sql)) {
      made.add(sql);
      return true;
    }
    return false;
  }

  /** The name as the server prints it, quoted where needed. */
  static String name(String raw) {
    int dot = raw.indexOf('.');
    return dot < 0
        ? Names.quoted(raw)
        : Names.qualified(raw.substring(0, dot), raw.substring(dot + 1));
  }

  /** The name without its schema. */
  static String bare(String raw) {
    return raw.substring(raw.indexOf('.') + 1);
  }

  /** A table is about to be made. */
  void began(String table) {
    tables.putIfAbsent(table, new TreeMap<>());
  }

  boolean has(String table) {
    return tables.containsKey(table);
  }

  void added(String table, String column, String type) {
    tables
        .computeIfAbsent(table, absent -> new TreeMap<>())
        .put(column, new ArrayList<>(List.of(type)));
  }

  /** The columns of a table that were made up. */
  List<String> columns(String table) {
    return List.copyOf(tables.getOrDefault(table, Map.of()).keySet());
  }

  /** Tables that were made up and that the statement names, in its order. */
  List<String> named(String sql) {
    Map<Integer, String> found = new TreeMap<>();
    for (String each : tables.keySet()) {
      Matcher at = word(bare(each)).matcher(sql);
      if (at.find()) {
        found.put(at.start(), each);
      }
    }
    return List.copyOf(found.values());
  }

  static Pattern word(String name) {
    return Pattern.compile("(?i)(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])");
  }

  boolean untried(String table, String column, String type) {
    return !tables
        .computeIfAbsent(table, absent -> new TreeMap<>())
        .computeIfAbsent(column, absent -> new ArrayList<>(List.of("bigint")))
        .contains(type);
  }

  /** Gives the columns that the statement names the next type, all of them the same. */
  boolean turnNamed(String sql) {
    for (String type : TYPES) {
      boolean turned = false;
      for (String table : named(sql)) {
        for (String column : columns(table)) {
          turned |=
              word(column).matcher(sql).find()
                  && untried(table, column, type)
                  && turn(table, column, type);
        }
      }
      if (turned) {
        return true;
      }
    }
    return false;
  }

  /** Gives a column another type. */
  boolean turn(String table, String column, String type) {
    tables
        .computeIfAbsent(table, absent -> new TreeMap<>())
        .computeIfAbsent(column, absent -> new ArrayList<>())
        .add(type);
    String subject = name(table) + " %s column " + Names.quoted(column);
    String change =
        "alter table %s drop default, alter column %s type %s using null"
            .formatted(subject.formatted("alter"), Names.quoted(column), type);
    if (!Tried.run(connection, false, change)) {
      return false;
    }
    String added = "alter table " + subject.formatted("add") + " ";
    boolean mine = made.stream().anyMatch(each -> each.startsWith(added));
    if (mine) {
      made.replaceAll(each -> each.startsWith(added) ? added + type : each);
    } else {
      made.add(change);
    }
    return true;
  }
}
