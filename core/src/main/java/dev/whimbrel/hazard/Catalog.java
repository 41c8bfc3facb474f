package dev.whimbrel.hazard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a database's catalog said at one moment, by object identifier, so that a thing keeps its
 * identity when it is renamed.
 *
 * <p>Only objects of users are in it: no system schemas, none of Whimbrel's own tables.
 *
 * @param schemas names by identifier
 * @param relations tables, views, sequences and indexes
 * @param constraints of tables and domains
 * @param indexes what {@link #relations} of kind {@code i} and {@code I} contain
 * @param triggers without those that implement constraints
 * @param types enums, domains and composite types
 * @param functions functions, procedures and aggregates
 * @param policies row-level security policies
 */
public record Catalog(
    Map<Long, String> schemas,
    Map<Long, Relation> relations,
    Map<Long, Constraint> constraints,
    Map<Long, Index> indexes,
    Map<Long, Trigger> triggers,
    Map<Long, Type> types,
    Map<Long, Function> functions,
    Map<Long, Policy> policies) {

  public Catalog {
    schemas = Map.copyOf(schemas);
    relations = Map.copyOf(relations);
    constraints = Map.copyOf(constraints);
    indexes = Map.copyOf(indexes);
    triggers = Map.copyOf(triggers);
    types = Map.copyOf(types);
    functions = Map.copyOf(functions);
    policies = Map.copyOf(policies);
  }

  /**
   * This one, with what is equal in an earlier one taken from there: comparing them is then quick.
   */
  public Catalog sharing(Catalog earlier) {
    return new Catalog(
        shared(schemas, earlier.schemas),
        shared(relations, earlier.relations),
        shared(constraints, earlier.constraints),
        shared(indexes, earlier.indexes),
        shared(triggers, earlier.triggers),
        shared(types, earlier.types),
        shared(functions, earlier.functions),
        shared(policies, earlier.policies));
  }

  private static <T> Map<Long, T> shared(Map<Long, T> now, Map<Long, T> was) {
    if (now.equals(was)) {
      return was;
    }
    Map<Long, T> shared = new HashMap<>(now);
    shared.replaceAll((oid, each) -> {
      T old = was.get(oid);
      return each.equals(old) ? old : each;
    });
    return shared;
  }

  /** Nothing. */
  public static Catalog empty() {
    return new Catalog(
        Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
  }

  /**
   * A relation.
   *
   * @param kind {@code pg_class.relkind}
   * @param persistence {@code p}, {@code u} or {@code t}
   * @param fileNode where its rows are kept; another one after a rewrite; 0 for what has no rows
   * @param parent the partitioned or inherited table it belongs to, 0 for none
   * @param rowSecurity whether row-level security is on
   * @param grants the access list as the server prints it, empty for the owner alone
   * @param options storage parameters and view options
   * @param bounds of a partition the condition its rows meet, else empty
   * @param columns by number
   */
  public record Relation(
      long oid,
      String schema,
      String name,
      char kind,
      char persistence,
      long fileNode,
      long parent,
      boolean rowSecurity,
      String grants,
      String options,
      String bounds,
      Map<Integer, Column> columns) {

    public Relation {
      columns = Map.copyOf(columns);
    }

    /** The name with its schema, quoted where needed. */
    public String qualified() {
      return Names.qualified(schema, name);
    }

    /** Whether it has rows of its own or in its partitions. */
    public boolean isTable() {
      return kind == 'r' || kind == 'p';
    }

    public boolean isIndex() {
      return kind == 'i' || kind == 'I';
    }

    /** The column of this name, if there is one. */
    public @Nullable Column column(String wanted) {
      for (Column column : columns.values()) {
        if (column.name().equals(wanted)) {
          return column;
        }
      }
      return null;
    }
  }

  /**
   * A column.
   *
   * @param number stays the same when it is renamed
   * @param type as the server prints it, such as {@code character varying(50)}
   * @param defaultValue the expression, empty for none; of a generated column its expression
   * @param identity {@code a}, {@code d} or a space
   * @param generated {@code s}, {@code v} or a space
   * @param collation empty for the type's own
   */
  public record Column(
      int number,
      String name,
      String type,
      boolean notNull,
      String defaultValue,
      char identity,
      char generated,
      String collation) {
    /** Whether its values come from a sequence. */
    public boolean isCounted() {
      return identity != ' ' || defaultValue.startsWith("nextval(");
    }
  }

  /**
   * A constraint.
   *
   * @param relation 0 for one of a domain
   * @param domain 0 for one of a table
   * @param kind {@code pg_constraint.contype}
   * @param columns numbers of the constrained columns
   * @param target the referenced table of a foreign key, else 0
   * @param targetColumns numbers of the referenced columns
   * @param index the index behind it, 0 for none
   * @param definition as the server prints it
   */
  public record Constraint(
      long oid,
      long relation,
      long domain,
      String name,
      char kind,
      boolean validated,
      List<Integer> columns,
      long target,
      List<Integer> targetColumns,
      long index,
      long parent,
      String definition) {
    public Constraint {
      columns = List.copyOf(columns);
      targetColumns = List.copyOf(targetColumns);
    }
  }

  /**
   * An index.
   *
   * @param columns numbers of the key columns, 0 for an expression
   * @param partial whether it has a predicate
   * @param definition as the server prints it
   */
  public record Index(
      long oid,
      long relation,
      boolean unique,
      boolean primary,
      boolean valid,
      List<Integer> columns,
      boolean partial,
      String method,
      String definition) {
    public Index {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A trigger.
   *
   * @param enabled {@code pg_trigger.tgenabled}
   */
  public record Trigger(long oid, long relation, String name, char enabled) {}

  /**
   * An enum, a domain or a composite type.
   *
   * @param kind {@code e}, {@code d} or {@code c}
   * @param labels of an enum, or the names of a composite type's attributes, in order
   */
  public record Type(long oid, String schema, String name, char kind, List<String> labels) {
    public Type {
      labels = List.copyOf(labels);
    }

    /** Whether a column's type, as the server prints it, is this one. */
    public boolean isTypeOf(String printed) {
      return printed.equals(qualified()) || printed.equals(Names.quoted(name));
    }

    public String qualified() {
      return Names.qualified(schema, name);
    }
  }

  /**
   * A function or procedure.
   *
   * @param arguments as the server prints them to identify it
   * @param securityDefiner whether it runs with its owner's rights
   * @param settings what it sets while it runs
   */
  public record Function(
      long oid,
      String schema,
      String name,
      String arguments,
      String result,
      boolean securityDefiner,
      String settings) {
    public String qualified() {
      return Names.qualified(schema, name) + "(" + arguments + ")";
    }
  }

  /**
   * A row-level security policy.
   *
   * @param command {@code pg_policy.polcmd}: {@code r}, {@code a}, {@code w}, {@code d} or {@code
   *     *}
   * @param expression its conditions as the server prints them
   */
  public record Policy(long oid, long relation, String name, char command, String expression) {}

  /** The relation's qualified name, or its number where it is unknown. */
  public String name(long oid) {
    Relation relation = relations.get(oid);
    return relation == null ? Long.toString(oid) : relation.qualified();
  }

  /** Names of a relation's columns, quoted where needed, in the given order. */
  public List<String> columnNames(long relation, List<Integer> numbers) {
    Relation found = relations.get(relation);
    List<String> names = new ArrayList<>();
    for (int number : numbers) {
      Column column = found == null ? null : found.columns().get(number);
      names.add(column == null ? "?" : Names.quoted(column.name()));
    }
    return names;
  }
}
