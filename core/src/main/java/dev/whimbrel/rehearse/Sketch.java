package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A catalog that is changed step by step; what is new has negative identifiers. Not thread-safe.
 */
final class Sketch {
  private final List<String> path;
  private final Map<Long, String> schemas;
  private final Map<Long, Catalog.Relation> relations;
  private final Map<Long, Catalog.Constraint> constraints;
  private final Map<Long, Catalog.Index> indexes;
  private final Map<Long, Catalog.Type> types;
  private final Catalog rest;
  private final Set<String> newIn = new HashSet<>();
  private @Nullable Catalog made;
  private Catalog last;
  private long next;

  /**
   * @param path where names without a schema are looked for
   */
  Sketch(Catalog catalog, List<String> path) {
    this.path = List.copyOf(path);
    this.schemas = new HashMap<>(catalog.schemas());
    this.relations = new HashMap<>(catalog.relations());
    this.constraints = new HashMap<>(catalog.constraints());
    this.indexes = new HashMap<>(catalog.indexes());
    this.types = new HashMap<>(catalog.types());
    this.rest = catalog;
    this.made = catalog;
    this.last = catalog;
  }

  /** The catalog as it is now; the same object as long as nothing changes, and so its parts. */
  Catalog catalog() {
    if (made == null) {
      made =
          new Catalog(
              same(last.schemas(), schemas),
              same(last.relations(), relations),
              same(last.constraints(), constraints),
              same(last.indexes(), indexes),
              rest.triggers(),
              same(last.types(), types),
              rest.functions(),
              rest.policies());
      last = made;
    }
    return made;
  }

  /** The earlier map where nothing was put into the later one or taken out. */
  @SuppressWarnings("ReferenceEquality")
  private static <T> Map<Long, T> same(Map<Long, T> was, Map<Long, T> now) {
    if (was.size() != now.size()) {
      return now;
    }
    for (Map.Entry<Long, T> each : now.entrySet()) {
      if (was.get(each.getKey()) != each.getValue()) {
        return now;
      }
    }
    return was;
  }

  long fresh() {
    next--;
    return next;
  }

  Catalog.@Nullable Relation relation(Cursor.Name name) {
    for (String schema : name.schema() == null ? path : List.of(name.schema())) {
      for (Catalog.Relation each : relations.values()) {
        if (each.schema().equals(schema) && each.name().equals(name.name())) {
          return each;
        }
      }
    }
    return null;
  }

  Catalog.@Nullable Relation table(Cursor.Name name) {
    Catalog.Relation found = relation(name);
    return found != null && found.isTable() ? found : null;
  }

  /** A composite type without one of its attributes. */
  void dropAttribute(Catalog.Type type, String attribute) {
    List<String> labels = new ArrayList<>(type.labels());
    labels.remove(attribute);
    made = null;
    types.put(
        type.oid(), new Catalog.Type(type.oid(), type.schema(), type.name(), type.kind(), labels));
  }

  /** A table that becomes a partition, with what its rows must satisfy; empty for unknown. */
  void attach(long partition, long parent, String bounds) {
    Catalog.Relation was = now(partition);
    made = null;
    relations.put(
        partition,
        new Catalog.Relation(
            was.oid(),
            was.schema(),
            was.name(),
            was.kind(),
            was.persistence(),
            was.fileNode(),
            parent,
            was.rowSecurity(),
            was.grants(),
            was.options(),
            bounds,
            was.columns()));
  }

  /** A default partition whose rows may no longer meet the bounds of a new neighbour. */
  void keepOut(long partition, String bounds) {
    Catalog.Relation was = relations.get(partition);
    if (was != null && !bounds.isEmpty()) {
      attach(partition, was.parent(), "(NOT (" + bounds + "))");
    }
  }

  Catalog.@Nullable Type type(Cursor.Name name) {
    for (String schema : name.schema() == null ? path : List.of(name.schema())) {
      for (Catalog.Type each : types.values()) {
        if (each.schema().equals(schema) && each.name().equals(name.name())) {
          return each;
        }
      }
    }
    return null;
  }

  /**
   * Makes a table whose columns nobody will ask for. New tables can hurt nobody: the first of a
   * schema stands for the right to create there, and the others are left out.
   */
  void create(Cursor.Name name) {
    String schema = name.schema() != null ? name.schema() : path.isEmpty() ? "" : path.get(0);
    if (newIn.add(schema) && relation(name) == null) {
      made = null;
      long oid = fresh();
      relations.put(
          oid,
          new Catalog.Relation(
              oid, schema, name.name(), 'r', 'p', oid, 0, false, "", "", "", Map.of()));
    }
  }

  void drop(long oid) {
    made = null;
    relations.remove(oid);
    constraints.values().removeIf(each -> each.relation() == oid || each.target() == oid);
    indexes.values().removeIf(each -> each.relation() == oid);
  }

  void dropSchema(String name) {
    made = null;
    schemas.values().removeIf(name::equals);
    relations.values().stream()
        .filter(each -> each.schema().equals(name))
        .map(Catalog.Relation::oid)
        .toList()
        .forEach(this::drop);
  }

  void rename(Catalog.Relation was, String schema, String name) {
    put(was, schema, name, was.columns());
  }

  private void put(
      Catalog.Relation was, String schema, String name, Map<Integer, Catalog.Column> columns) {
    made = null;
    relations.put(
        was.oid(),
        new Catalog.Relation(
            was.oid(),
            schema,
            name,
            was.kind(),
            was.persistence(),
            was.fileNode(),
            was.parent(),
            was.rowSecurity(),
            was.grants(),
            was.options(),
            was.bounds(),
            columns));
  }

  /** The table as it is now. */
  Catalog.Relation now(long oid) {
    Catalog.Relation found = relations.get(oid);
    if (found == null) {
      throw new IllegalArgumentException(Long.toString(oid));
    }
    return found;
  }

  Catalog.Column add(long table, Catalog.Column column) {
    Catalog.Relation was = now(table);
    Map<Integer, Catalog.Column> columns = new HashMap<>(was.columns());
    int number = columns.keySet().stream().max(Integer::compare).orElse(0) + 1000;
    Catalog.Column numbered =
        new Catalog.Column(
            number,
            column.name(),
            column.type(),
            column.notNull(),
            column.defaultValue(),
            column.identity(),
            column.generated(),
            column.collation());
    columns.put(number, numbered);
    put(was, was.schema(), was.name(), columns);
    return numbered;
  }

  void change(long table, String name, UnaryOperator<Catalog.Column> change) {
    Catalog.Relation was = now(table);
    Catalog.Column column = was.column(name);
    if (column != null) {
      Map<Integer, Catalog.Column> columns = new HashMap<>(was.columns());
      columns.put(column.number(), change.apply(column));
      put(was, was.schema(), was.name(), columns);
    }
  }

  void dropColumn(long table, String name) {
    Catalog.Relation was = now(table);
    Catalog.Column column = was.column(name);
    if (column != null) {
      Map<Integer, Catalog.Column> columns = new HashMap<>(was.columns());
      columns.remove(column.number());
      put(was, was.schema(), was.name(), columns);
      int number = column.number();
      constraints
          .values()
          .removeIf(each -> each.relation() == table && each.columns().contains(number));
      indexes
          .values()
          .removeIf(each -> each.relation() == table && each.columns().contains(number));
    }
  }

  Catalog.@Nullable Constraint constraint(long table, String name) {
    return constraints.values().stream()
        .filter(each -> each.relation() == table && each.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  Catalog.@Nullable Constraint domainConstraint(long domain, String name) {
    return constraints.values().stream()
        .filter(each -> each.domain() == domain && each.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  void put(Catalog.Constraint constraint) {
    made = null;
    constraints.put(constraint.oid(), constraint);
  }

  void dropConstraint(Catalog.Constraint constraint) {
    made = null;
    constraints.remove(constraint.oid());
    indexes.remove(constraint.index());
    relations.remove(constraint.index());
  }

  void validate(Catalog.Constraint was) {
    put(
        new Catalog.Constraint(
            was.oid(),
            was.relation(),
            was.domain(),
            was.name(),
            was.kind(),
            true,
            was.columns(),
            was.target(),
            was.targetColumns(),
            was.index(),
            was.parent(),
            was.definition()));
  }

  /** A new b-tree index. */
  long index(
      Catalog.Relation table,
      String name,
      boolean unique,
      String keys,
      String predicate,
      boolean nullsEqual) {
    made = null;
    long oid = fresh();
    String definition =
        "CREATE %sINDEX %s ON %s USING btree (%s)%s%s"
            .formatted(
                unique ? "UNIQUE " : "",
                Names.quoted(name),
                table.qualified(),
                keys,
                nullsEqual ? " NULLS NOT DISTINCT" : "",
                predicate.isEmpty() ? "" : " WHERE " + predicate);
    indexes.put(
        oid,
        new Catalog.Index(
            oid,
            table.oid(),
            unique,
            false,
            true,
            numbers(table, keys),
            !predicate.isEmpty(),
            "btree",
            definition));
    relations.put(
        oid,
        new Catalog.Relation(
            oid, table.schema(), name, 'i', 'p', oid, 0, false, "", "", "", Map.of()));
    return oid;
  }

  /** Numbers of the columns that a list names; 0 for an expression. */
  static List<Integer> numbers(Catalog.Relation table, String list) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      String name = part.strip().replaceFirst("\\s.*", "");
      Catalog.Column column =
          name.startsWith("\"")
              ? table.column(name.replace("\"", ""))
              : table.column(name.toLowerCase(Locale.ROOT));
      numbers.add(column == null ? 0 : column.number());
    }
    return numbers;
  }

  /** Whether a validated check says that the column is not null. */
  boolean isProvenNotNull(long table, Catalog.Column column) {
    String proof = "(?is)CHECK\\s*\\(+\\s*\"?" + column.name() + "\"?\\s+IS\\s+NOT\\s+NULL\\s*\\)+";
    return constraints.values().stream()
        .anyMatch(each ->
            each.relation() == table
                && each.kind() == 'c'
                && each.validated()
                && each.definition().matches(proof));
  }

  /** Indexes of a table. */
  List<Catalog.Index> indexes(long table) {
    return indexes.values().stream().filter(each -> each.relation() == table).toList();
  }
}
