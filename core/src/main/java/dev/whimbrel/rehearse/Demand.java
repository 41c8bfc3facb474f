package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.Names;
import dev.whimbrel.hazard.Observation;
import dev.whimbrel.hazard.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Something a statement asks of rows that the target has already.
 *
 * @param seen the statement
 * @param check such as {@code not null} or {@code unique}
 * @param table as it is before the deployment
 * @param columns as they are after the statement
 * @param from what to read: the table under the names it has after the statement, and maybe others
 * @param violation a condition that holds for rows in the way
 * @param grouped columns by which rows must differ; empty where each row is judged alone
 */
record Demand(
    Observation seen,
    String check,
    Catalog.Relation table,
    List<String> columns,
    String from,
    String violation,
    String grouped) {

  /** Where a table is named in {@link #from} that may be looked at in part. */
  private static final String SAMPLE = "/* all */";

  /** The same question to a part of the table's rows. */
  Demand sampled(double percent) {
    return new Demand(
        seen,
        check,
        table,
        columns,
        from.replace(
            SAMPLE, String.format(Locale.ROOT, "tablesample system (%s) repeatable (1)", percent)),
        violation,
        grouped);
  }

  private static final Pattern SOURCE =
      Pattern.compile(
          "(?s)\\(select tableoid::text \\|\\| ctid::text as whimbrel_row, .*? from"
              + " ((?:\"[^\"]+\"|[\\w$]+)\\.(?:\"[^\"]+\"|[\\w$]+)) (?:/\\* all \\*/)?\\) (\\w+)");

  /** A query that shows the rows in the way to people; empty where it would not be a plain one. */
  String query() {
    boolean renamed =
        !table.columns().values().stream()
            .map(each -> Names.quoted(each.name()))
            .toList()
            .containsAll(columns.stream().filter(each -> !each.equals("?")).toList());
    String text =
        grouped.isEmpty()
            ? "select * from %s where %s".formatted(from, violation)
            : "select %1$s, count(*) from %2$s where %3$s group by %1$s having count(*) > 1"
                .formatted(grouped, from, violation);
    String plain = SOURCE.matcher(text).replaceAll("$1 $2");
    return renamed || plain.contains("whimbrel_row") ? "" : plain;
  }

  /** What all statements ask, in order. */
  static List<Demand> of(List<Observation> plan) {
    List<Demand> demands = new ArrayList<>();
    for (Observation seen : plan) {
      Catalog was = seen.before();
      Catalog now = seen.after();
      if (seen.failure() != null) {
        continue;
      }
      if (!was.constraints().equals(now.constraints())) {
        constraints(seen, demands);
        domains(seen, demands);
      }
      if (!was.indexes().equals(now.indexes())) {
        indexes(seen, demands);
      }
      if (!was.relations().equals(now.relations())) {
        columns(seen, demands);
        attached(seen, demands);
      }
    }
    return demands;
  }

  private static void constraints(Observation seen, List<Demand> demands) {
    for (Catalog.Constraint now : seen.after().constraints().values()) {
      Catalog.Constraint was = seen.before().constraints().get(now.oid());
      boolean begins = now.validated() && (was == null || !was.validated());
      Catalog.Relation table = seen.origin().relations().get(now.relation());
      if (begins && table != null && now.parent() == 0 && !isAskedAlready(seen, now)) {
        constraint(seen, now, table, demands);
      }
    }
  }

  /** What the deployment adds and then makes again for another type was asked when it was added. */
  private static boolean isAskedAlready(Observation seen, Catalog.Constraint now) {
    return seen.isRemade(now)
        && seen.origin().constraints().values().stream()
            .noneMatch(each -> each.relation() == now.relation() && each.name().equals(now.name()));
  }

  private static void constraint(
      Observation seen, Catalog.Constraint now, Catalog.Relation table, List<Demand> demands) {
    List<String> columns = seen.after().columnNames(table.oid(), now.columns());
    String source = source(seen, table, "t");
    switch (now.kind()) {
      case 'c' ->
          demands.add(
              new Demand(
                  seen, "check", table, columns, source, "not (" + condition(now) + ")", ""));
      case 'f' -> foreignKey(seen, now, table, columns, demands);
      case 'p' ->
          demands.add(
              new Demand(
                  seen,
                  "primary key",
                  table,
                  columns,
                  source,
                  columns.stream()
                      .map(c -> "t." + c + " is null")
                      .collect(Collectors.joining(" or ")),
                  ""));
      case 'x' -> {
        Exclusion exclusion =
            Exclusion.of(
                now.definition(),
                Objects.requireNonNullElse(seen.after().relations().get(table.oid()), table));
        if (exclusion != null) {
          String rows = source(seen, table, "s");
          demands.add(
              new Demand(
                  seen,
                  "exclude",
                  table,
                  columns,
                  exclusion.from(rows),
                  exclusion.violation(rows.replace(SAMPLE, "")),
                  ""));
        }
      }
      default -> {}
    }
  }

  /** The expression of {@code CHECK (…) NOT VALID}. */
  private static String condition(Catalog.Constraint check) {
    return check
        .definition()
        .replaceFirst("^CHECK ", "")
        .replaceFirst("( NO INHERIT)?( NOT VALID)?( NOT ENFORCED)?$", "");
  }

  private static void foreignKey(
      Observation seen,
      Catalog.Constraint key,
      Catalog.Relation table,
      List<String> columns,
      List<Demand> demands) {
    Catalog.Relation target = seen.origin().relations().get(key.target());
    if (target == null) {
      return; // what the deployment makes, it also fills
    }
    List<String> targets = seen.after().columnNames(key.target(), key.targetColumns());
    List<String> same = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      same.add("r.%s = t.%s".formatted(targets.get(i), columns.get(i)));
      absent.add("t." + columns.get(i) + " is null");
    }
    String orphan =
        "not (%s) and not exists (select from %s where %s)"
            .formatted(
                String.join(" or ", absent),
                source(seen, target, "r").replace(SAMPLE, ""),
                String.join(" and ", same));
    boolean full = columns.size() > 1 && key.definition().contains("MATCH FULL");
    String half =
        "(%s) and not (%s)".formatted(String.join(" or ", absent), String.join(" and ", absent));
    demands.add(
        new Demand(
            seen,
            "foreign key",
            table,
            columns,
            source(seen, table, "t"),
            full ? "(%s) or (%s)".formatted(orphan, half) : orphan,
            ""));
  }

  /** What a domain's new constraint asks of the columns of that type. */
  private static void domains(Observation seen, List<Demand> demands) {
    for (Catalog.Constraint now : seen.after().constraints().values()) {
      Catalog.Constraint was = seen.before().constraints().get(now.oid());
      Catalog.Type domain = seen.after().types().get(now.domain());
      if (domain == null
          || !now.validated()
          || (was != null && was.validated())
          || !seen.before().types().containsKey(now.domain())) {
        continue;
      }
      for (Catalog.Relation table : seen.origin().relations().values()) {
        Catalog.Relation after = seen.after().relations().get(table.oid());
        for (Catalog.Column column :
            after == null || !table.isTable()
                ? List.<Catalog.Column>of()
                : List.copyOf(after.columns().values())) {
          if (domain.isTypeOf(column.type()) && table.columns().containsKey(column.number())) {
            String name = Names.quoted(column.name());
            demands.add(
                new Demand(
                    seen,
                    "domain " + domain.name(),
                    table,
                    List.of(name),
                    source(seen, table, "t"),
                    "not (%s)"
                        .formatted(
                            condition(now).replaceAll("(?i)\\bVALUE\\b", "(t." + name + ")")),
                    ""));
          }
        }
      }
    }
  }

  private static void indexes(Observation seen, List<Demand> demands) {
    for (Catalog.Index index : seen.after().indexes().values()) {
      Catalog.Relation table = seen.origin().relations().get(index.relation());
      if (index.unique()
          && !seen.before().indexes().containsKey(index.oid())
          && table != null
          && table.isTable()
          && !rebuilt(seen, index)) {
        String key = keys(index.definition());
        int where = index.definition().indexOf(" WHERE ");
        String predicate = where < 0 ? "true" : index.definition().substring(where + 7);
        boolean nulls = index.definition().contains("NULLS NOT DISTINCT");
        demands.add(
            new Demand(
                seen,
                "unique",
                table,
                seen.after().columnNames(table.oid(), index.columns()),
                source(seen, table, "t"),
                nulls
                    ? predicate
                    : "("
                        + predicate
                        + ") and not (row("
                        + key
                        + ") is null) and num_nulls("
                        + key
                        + ") = 0",
                key));
      }
    }
  }

  /** Whether the same index was there before under another identity. */
  private static boolean rebuilt(Observation seen, Catalog.Index index) {
    return seen.before().indexes().values().stream()
        .anyMatch(each ->
            each.unique()
                && each.relation() == index.relation()
                && each.columns().equals(index.columns())
                && !index.columns().contains(0)
                && (!each.partial() || index.partial()));
  }

  /** What stands in the parentheses after {@code USING method}. */
  static String keys(String definition) {
    int start = definition.indexOf('(', definition.indexOf(" USING ")) + 1;
    int depth = 1;
    int end = start;
    while (depth > 0 && end < definition.length()) {
      char c = definition.charAt(end++);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return definition
        .substring(start, end - 1)
        .replaceAll("(?i) (ASC|DESC|NULLS (FIRST|LAST)|\\w+_ops)\\b", "");
  }

  private static void columns(Observation seen, List<Demand> demands) {
    for (Catalog.Relation was : seen.before().relations().values()) {
      Catalog.Relation now = seen.after().relations().get(was.oid());
      Catalog.Relation table = seen.origin().relations().get(was.oid());
      if (now == null || table == null || !was.isTable() || now.columns().equals(was.columns())) {
        continue;
      }
      for (Catalog.Column column : now.columns().values()) {
        Catalog.Column before = was.columns().get(column.number());
        if (before != null && table.columns().containsKey(column.number())) {
          column(seen, table, before, column, demands);
        }
      }
    }
  }

  private static void column(
      Observation seen,
      Catalog.Relation table,
      Catalog.Column was,
      Catalog.Column now,
      List<Demand> demands) {
    String name = Names.quoted(now.name());
    if (now.notNull() && !was.notNull() && !getsKey(seen, table)) {
      demands.add(
          new Demand(
              seen,
              "not null",
              table,
              List.of(name),
              source(seen, table, "t"),
              "t." + name + " is null",
              ""));
    }
    if (now.type().equals(was.type())) {
      return;
    }
    String plain = "t." + name;
    List<String> labels = labels(seen.after(), now.type());
    if (!labels.isEmpty()) {
      String list =
          labels.stream()
              .map(label -> "'" + label.replace("'", "''") + "'")
              .collect(Collectors.joining(", "));
      demands.add(
          new Demand(
              seen,
              "enum value",
              table,
              List.of(name),
              source(seen, table, "t"),
              plain + "::text not in (" + list + ")",
              ""));
    } else if (Types.narrows(was.type(), now.type())) {
      demands.add(
          new Demand(
              seen,
              "type " + now.type(),
              table,
              List.of(name),
              source(seen, table, "t"),
              refused(plain, was.type(), now.type()),
              ""));
    }
  }

  private static boolean getsKey(Observation seen, Catalog.Relation table) {
    return seen.after().constraints().values().stream()
        .anyMatch(each ->
            each.kind() == 'p'
                && each.relation() == table.oid()
                && !seen.before().constraints().containsKey(each.oid()));
  }

  private static String refused(String column, String from, String to) {
    boolean number = Pattern.matches("smallint|integer|bigint|numeric.*", to);
    boolean text = from.startsWith("character") || from.equals("text");
    if (number && text) {
      return to.startsWith("numeric")
          ? "%1$s !~ '^\\s*[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?\\s*$'"
              .formatted(column)
          : "%1$s !~ '^\\s*[-+]?[0-9]+\\s*$'".formatted(column);
    }
    if (text && to.equals("uuid")) {
      return "%1$s !~* '^\\s*\\{?([0-9a-f]{4}-?){8}\\}?\\s*$'".formatted(column);
    }
    return "not (" + Types.fits(column, to) + ")";
  }

  private static List<String> labels(Catalog catalog, String type) {
    return catalog.types().values().stream()
        .filter(each -> each.kind() == 'e')
        .filter(each -> each.isTypeOf(type))
        .map(Catalog.Type::labels)
        .findFirst()
        .orElse(Collections.emptyList());
  }

  /** A table that becomes a partition, or a default partition that gets a neighbour. */
  private static void attached(Observation seen, List<Demand> demands) {
    for (Catalog.Relation now : seen.after().relations().values()) {
      Catalog.Relation was = seen.before().relations().get(now.oid());
      Catalog.Relation table = seen.origin().relations().get(now.oid());
      if (was != null
          && table != null
          && now.isTable()
          && !now.bounds().isEmpty()
          && !now.bounds().equals(was.bounds())
          && (was.parent() == 0 || now.bounds().startsWith("(NOT"))) {
        demands.add(
            new Demand(
                seen,
                "partition bounds",
                table,
                List.of(),
                source(seen, table, "t"),
                "not (" + now.bounds() + ")",
                ""));
      }
    }
  }

  /**
   * The target's table under the column names of the moment; what is new is its default, or null.
   */
  private static String source(Observation seen, Catalog.Relation table, String alias) {
    Catalog.Relation now =
        Objects.requireNonNullElse(seen.after().relations().get(table.oid()), table);
    List<String> columns = new ArrayList<>();
    for (Catalog.Column column : now.columns().values()) {
      Catalog.Column was = table.columns().get(column.number());
      String value =
          was != null
              ? Names.quoted(was.name())
              : (column.defaultValue().isEmpty() || column.isCounted()
                      ? "null"
                      : column.defaultValue())
                  + "::"
                  + column.type();
      columns.add(value + " as " + Names.quoted(column.name()));
    }
    return "(select tableoid::text || ctid::text as whimbrel_row, %s from %s %s) %s"
        .formatted(String.join(", ", columns), table.qualified(), SAMPLE, alias);
  }
}
