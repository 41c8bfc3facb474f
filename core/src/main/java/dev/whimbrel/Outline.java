package dev.whimbrel;

import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables and views of a schema, as far as a picture shows them.
 *
 * @param entities by name
 */
public record Outline(List<Entity> entities) {
  public Outline {
    entities = List.copyOf(entities);
  }

  /** Of an empty schema. */
  public static Outline empty() {
    return new Outline(List.of());
  }

  /**
   * A table or a view.
   *
   * @param id stays the same when it is renamed
   * @param name qualified, quoted where needed
   * @param kind {@code table}, {@code view} or {@code materialized view}
   * @param columns in their order
   * @param rules indexes and constraints other than keys, such as {@code unique (email)}
   */
  public record Entity(
      long id,
      String name,
      String kind,
      List<Column> columns,
      List<Reference> references,
      List<String> rules) {
    public Entity {
      columns = List.copyOf(columns);
      references = List.copyOf(references);
      rules = List.copyOf(rules);
    }
  }

  /**
   * A column.
   *
   * @param id stays the same when it is renamed
   * @param content its default or the expression that makes it; empty for none
   * @param required whether it is {@code NOT NULL}
   * @param key whether it belongs to the primary key
   */
  public record Column(
      int id, String name, String type, String content, boolean required, boolean key) {}

  /**
   * A foreign key.
   *
   * @param columns those that refer
   * @param target {@link Entity#id} of the table they refer to
   * @param definition as the server prints it
   */
  public record Reference(List<String> columns, long target, String definition) {
    public Reference {
      columns = List.copyOf(columns);
    }
  }

  /** A schema before and after something. */
  public record Change(Outline before, Outline after) {
    /** Where nothing is known. */
    public static Change none() {
      return new Change(empty(), empty());
    }

    static Change of(List<Observation> observations) {
      return observations.isEmpty()
          ? none()
          : new Change(
              Outline.of(observations.getFirst().before()),
              Outline.of(observations.getLast().after()));
    }
  }

  static Outline of(Catalog catalog) {
    List<Entity> entities = new ArrayList<>();
    Parts parts = Parts.of(catalog);
    for (Catalog.Relation relation : catalog.relations().values()) {
      Catalog.Relation parent = catalog.relations().get(relation.parent());
      boolean partition = parent != null && parent.kind() == 'p';
      String kind =
          switch (relation.kind()) {
            case 'r', 'p' -> "table";
            case 'v' -> "view";
            case 'm' -> "materialized view";
            default -> "";
          };
      if (!kind.isEmpty() && !partition) {
        entities.add(entity(catalog, relation, kind, parts));
      }
    }
    entities.sort(Comparator.comparing(Entity::name));
    return new Outline(entities);
  }

  /** The constraints of each relation, and the indexes that no constraint stands for. */
  private record Parts(
      Map<Long, List<Catalog.Constraint>> constraints, Map<Long, List<Catalog.Index>> indexes) {

    static Parts of(Catalog catalog) {
      Set<Long> constrained = new HashSet<>();
      catalog.constraints().values().forEach(each -> constrained.add(each.index()));
      return new Parts(
          catalog.constraints().values().stream()
              .collect(Collectors.groupingBy(Catalog.Constraint::relation)),
          catalog.indexes().values().stream()
              .filter(each -> !constrained.contains(each.oid()))
              .collect(Collectors.groupingBy(Catalog.Index::relation)));
    }
  }

  private static Entity entity(
      Catalog catalog, Catalog.Relation relation, String kind, Parts parts) {
    List<Integer> key = new ArrayList<>();
    List<Reference> references = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    for (Catalog.Constraint each : parts.constraints().getOrDefault(relation.oid(), List.of())) {
      switch (each.kind()) {
        case 'p' -> key.addAll(each.columns());
        case 'f' ->
            references.add(
                new Reference(
                    catalog.columnNames(relation.oid(), each.columns()),
                    each.target(),
                    each.definition()));
        case 'c', 'u', 'x' -> rules.add(words(each.definition()));
        default -> {}
      }
    }
    for (Catalog.Index index : parts.indexes().getOrDefault(relation.oid(), List.of())) {
      rules.add(words(index));
    }
    references.sort(Comparator.comparing(Reference::definition));
    rules.sort(null);
    List<Column> columns = new ArrayList<>();
    relation.columns().values().stream()
        .sorted(Comparator.comparingInt(Catalog.Column::number))
        .forEach(column ->
            columns.add(
                new Column(
                    column.number(),
                    column.name(),
                    column.type(),
                    column.defaultValue(),
                    column.notNull(),
                    key.contains(column.number()))));
    return new Entity(relation.oid(), relation.qualified(), kind, columns, references, rules);
  }

  private static String words(Catalog.Index index) {
    String definition = index.definition();
    int using = definition.indexOf(" USING ");
    return (index.unique() ? "unique index " : "index ")
        + (using < 0 ? definition : definition.substring(using + 7)).replaceFirst("^btree ", "")
        + (index.valid() ? "" : " invalid");
  }

  /** The server's words for a constraint, its first one in lower case. */
  private static String words(String definition) {
    int end = definition.indexOf(' ');
    return end < 0
        ? definition
        : definition.substring(0, end).toLowerCase(Locale.ROOT) + definition.substring(end);
  }
}
