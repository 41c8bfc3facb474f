package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.Names;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Plants a few rows that satisfy types and constraints as far as that can be guessed.
 *
 * <p>A value comes from the column's type; where a check refuses it, from the constants the check
 * mentions; where a foreign key wants a row, from the table it refers to.
 */
final class Seeder {
  static final int ROWS = 3;
  private static final int TRIES = 40;
  private static final Pattern CONSTANT =
      Pattern.compile("'((?:[^']|'')*)'|(?<![\\w.'])(-?\\d+(?:\\.\\d+)?)");

  private final Connection connection;
  private final Catalog catalog;
  private final boolean inTransaction;
  private final Map<Long, Long> planted = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();
  private final Map<String, String> barren = new LinkedHashMap<>();

  /** For a connection in auto-commit. */
  Seeder(Connection connection, Catalog catalog) {
    this(connection, catalog, false);
  }

  Seeder(Connection connection, Catalog catalog, boolean inTransaction) {
    this.connection = connection;
    this.catalog = catalog;
    this.inTransaction = inTransaction;
  }

  /** Plants rows in these tables and in those they refer to. */
  Seeds plant(Set<Long> wanted) {
    boolean asleep = Tried.run(connection, inTransaction, "set session_replication_role = replica");
    List<Catalog.Relation> left = new ArrayList<>();
    for (long oid : withTargets(wanted)) {
      Catalog.Relation relation = catalog.relations().get(oid);
      if (relation != null && relation.kind() == 'r') {
        left.add(relation);
      }
    }
    left.sort(java.util.Comparator.comparing(Catalog.Relation::qualified));
    boolean progress = true;
    while (!left.isEmpty() && progress) {
      progress = left.removeIf(this::planted);
    }
    if (asleep) {
      Tried.run(connection, inTransaction, "set session_replication_role = origin");
    }
    return new Seeds(planted, names, barren);
  }

  private Set<Long> withTargets(Set<Long> wanted) {
    Set<Long> all = new LinkedHashSet<>(wanted);
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Catalog.Constraint constraint : catalog.constraints().values()) {
        if (constraint.kind() == 'f' && all.contains(constraint.relation())) {
          grew |= all.add(constraint.target());
        }
      }
      for (Catalog.Relation relation : catalog.relations().values()) {
        if (relation.parent() != 0 && all.contains(relation.parent())) {
          grew |= all.add(relation.oid());
        }
      }
    }
    return all;
  }

  private boolean planted(Catalog.Relation relation) {
    String why = "";
    long rows = 0;
    for (int row = 1; row <= ROWS; row++) {
      SQLException failure = insert(relation, row);
      if (failure == null) {
        rows++;
      } else {
        why = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
      }
    }
    if (rows == 0) {
      barren.put(relation.qualified(), why);
      return false;
    }
    barren.remove(relation.qualified());
    planted.put(relation.oid(), rows);
    names.put(relation.oid(), relation.qualified());
    return true;
  }

  private @Nullable SQLException insert(Catalog.Relation relation, int row) {
    List<Slot> slots;
    try {
      slots = slots(relation, row);
    } catch (SQLException e) {
      return e;
    }
    SQLException failure = tryWithConstants(relation, slots);
    if (failure == null) {
      return null;
    }
    List<Slot> required = new ArrayList<>(slots);
    required.removeIf(slot -> !slot.required());
    return tryWithConstants(relation, required);
  }

  /** Inserts the values; on a failed check, with each constant that the table's checks mention. */
  private @Nullable SQLException tryWithConstants(Catalog.Relation relation, List<Slot> slots) {
    SQLException failure =
        Tried.failure(connection, inTransaction, statement(relation, slots, Map.of()));
    if (failure == null || !"23514".equals(failure.getSQLState())) {
      return failure;
    }
    Map<String, String> chosen = new HashMap<>();
    for (Choice choice : choices(relation, slots)) {
      Map<String, String> attempt = new HashMap<>(chosen);
      choice.columns().forEach(column -> attempt.put(column, choice.value()));
      SQLException next =
          Tried.failure(connection, inTransaction, statement(relation, slots, attempt));
      if (next == null) {
        return null;
      }
      if ("23514".equals(next.getSQLState()) && !same(next, failure)) {
        chosen = attempt; // this check is content now, another one is not
        failure = next;
      }
    }
    return failure;
  }

  private static boolean same(SQLException one, SQLException other) {
    return String.valueOf(one.getMessage())
        .lines()
        .findFirst()
        .equals(String.valueOf(other.getMessage()).lines().findFirst());
  }

  private record Choice(Set<String> columns, String value) {}

  private List<Choice> choices(Catalog.Relation relation, List<Slot> slots) {
    List<Choice> choices = new ArrayList<>();
    for (String definition : checks(relation)) {
      Set<String> mentioned = new LinkedHashSet<>();
      for (Slot slot : slots) {
        if (definition.contains(slot.name())) {
          mentioned.add(slot.name());
        }
      }
      Matcher constant = CONSTANT.matcher(definition);
      while (constant.find() && choices.size() < TRIES) {
        String text = constant.group(1) == null ? constant.group(2) : constant.group(1);
        for (String column : mentioned) {
          choices.add(new Choice(Set.of(column), "'" + text + "'"));
        }
        if (constant.group(2) != null) {
          for (int step : new int[] {1, -1}) {
            String near =
                new java.math.BigDecimal(text).add(java.math.BigDecimal.valueOf(step)).toString();
            mentioned.forEach(column -> choices.add(new Choice(Set.of(column), "'" + near + "'")));
          }
        }
      }
      mentioned.forEach(column -> choices.add(new Choice(Set.of(column), "null")));
    }
    return choices;
  }

  private List<String> checks(Catalog.Relation relation) {
    List<String> definitions = new ArrayList<>();
    for (Catalog.Constraint constraint : catalog.constraints().values()) {
      if (constraint.kind() == 'c' && constraint.relation() == relation.oid()) {
        definitions.add(constraint.definition());
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_catalog.pg_get_partition_constraintdef(?::oid)")) {
      statement.setLong(1, relation.oid());
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next() && rows.getString(1) != null) {
          definitions.add(rows.getString(1));
        }
      }
    } catch (SQLException e) {
      return definitions; // the bounds are only one more source of constants
    }
    return definitions;
  }

  private static String statement(
      Catalog.Relation relation, List<Slot> slots, Map<String, String> chosen) {
    if (slots.isEmpty()) {
      return "insert into " + relation.qualified() + " default values";
    }
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (Slot slot : slots) {
      columns.add(Names.quoted(slot.name()));
      values.add(chosen.getOrDefault(slot.name(), slot.value()));
    }
    return "insert into %s (%s) overriding system value values (%s)"
        .formatted(relation.qualified(), String.join(", ", columns), String.join(", ", values));
  }

  /** A column and the expression for its value. */
  private record Slot(String name, String value, boolean required) {}

  private List<Slot> slots(Catalog.Relation relation, int row) throws SQLException {
    Map<Integer, String> references = references(relation, row);
    List<Slot> slots = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            with recursive base as (
              select a.attnum, a.attname, a.attnotnull, a.atthasdef, a.attidentity, a.attgenerated,
                a.atttypid, a.atttypmod
              from pg_catalog.pg_attribute a
              where a.attrelid = ?::oid and a.attnum > 0 and not a.attisdropped
            ), plain as (
              select b.*, b.atttypid as typid, b.atttypmod as typmod from base b
              union all
              select p.attnum, p.attname, p.attnotnull or t.typnotnull, p.atthasdef, p.attidentity,
                p.attgenerated, p.atttypid, p.atttypmod, t.typbasetype, t.typtypmod
              from plain p join pg_catalog.pg_type t on t.oid = p.typid where t.typtype = 'd'
            )
            select p.attnum, p.attname, p.attnotnull, p.atthasdef, p.attidentity, p.attgenerated,
              t.typname, t.typtype, t.typcategory,
              pg_catalog.format_type(p.typid, p.typmod),
              case when t.typtype = 'e' then (select e.enumlabel from pg_catalog.pg_enum e
                where e.enumtypid = t.oid order by e.enumsortorder limit 1) end,
              case when p.typmod > 4 and t.typcategory = 'S' then p.typmod - 4 else 0 end
            from plain p join pg_catalog.pg_type t on t.oid = p.typid
            where t.typtype <> 'd' order by p.attnum\
            """)) {
      statement.setLong(1, relation.oid());
      try (ResultSet column = statement.executeQuery()) {
        while (column.next()) {
          if (column.getString(6).isBlank()) {
            slots.add(slot(column, references, row));
          }
        }
      }
    }
    return slots;
  }

  private static Slot slot(ResultSet column, Map<Integer, String> references, int row)
      throws SQLException {
    boolean own = column.getBoolean(4) || !column.getString(5).isBlank();
    String value = references.get(column.getInt(1));
    return new Slot(
        column.getString(2),
        value != null ? value : own ? "default" : value(column, row),
        column.getBoolean(3) && !own);
  }

  private static String value(ResultSet column, int row) throws SQLException {
    String name = column.getString(7).toLowerCase(Locale.ROOT);
    String type = column.getString(10);
    String literal =
        switch (column.getString(9).charAt(0)) {
          case 'N' -> Integer.toString(row);
          case 'B' -> row % 2 == 0 ? "false" : "true";
          case 'S' -> text(row, column.getInt(12));
          case 'D' ->
              name.startsWith("time") && !name.startsWith("timestamp")
                  ? "12:00:0" + row
                  : "2020-01-0" + row;
          case 'T' -> row + " days";
          case 'A' -> "{}";
          case 'E' -> String.valueOf(column.getString(11));
          case 'I' -> "10.0.0." + row;
          case 'R' -> name.contains("multi") ? "{}" : "empty";
          case 'V' -> "";
          default -> special(name, row);
        };
    return literal.isEmpty() && !column.getString(9).equals("S")
        ? "null"
        : "'" + literal.replace("'", "''") + "'::" + type;
  }

  private static String text(int row, int most) {
    String text = "sample" + row;
    return most > 0 && most < text.length() ? text.substring(text.length() - most) : text;
  }

  private static String special(String type, int row) {
    return switch (type) {
      case "uuid" -> "00000000-0000-4000-8000-00000000000" + row;
      case "json", "jsonb" -> "{}";
      case "bytea" -> "\\x0" + row;
      case "point" -> "(1," + row + ")";
      case "xml" -> "<a/>";
      case "tsvector", "tsquery", "hstore" -> type.equals("hstore") ? "a=>1" : "a";
      case "ltree" -> "a" + row;
      case "macaddr" -> "00:00:00:00:00:0" + row;
      case "geometry", "geography" -> "POINT(1 " + row + ")";
      case "pg_lsn" -> "0/" + row;
      default -> "";
    };
  }

  /** Expressions for the columns of foreign keys: the referenced table's row of the same number. */
  private Map<Integer, String> references(Catalog.Relation relation, int row) {
    Map<Integer, String> found = new HashMap<>();
    for (Catalog.Constraint key : catalog.constraints().values()) {
      if (key.kind() == 'f' && key.relation() == relation.oid()) {
        List<String> targets = catalog.columnNames(key.target(), key.targetColumns());
        for (int i = 0; i < key.columns().size(); i++) {
          found.put(
              key.columns().get(i),
              key.target() == relation.oid()
                  ? "null"
                  : "(select %s from %s order by ctid offset %d limit 1)"
                      .formatted(targets.get(i), catalog.name(key.target()), row - 1));
        }
      }
    }
    return found;
  }
}
