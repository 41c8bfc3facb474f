package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.schema.TypeContent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What comes with what, goes with what, and waits for what. */
final class PostgresqlDependencies {
  private static final List<String> PRIVILEGES =
      List.of(
          "SELECT",
          "INSERT",
          "UPDATE",
          "DELETE",
          "TRUNCATE",
          "REFERENCES",
          "TRIGGER",
          "MAINTAIN",
          "USAGE",
          "CREATE",
          "EXECUTE");

  private static final Set<Kind> BUILT = EnumSet.of(Kind.INDEX, Kind.PRIMARY_KEY, Kind.UNIQUE);

  /** Where the keys of a table stand in the way of foreign keys that are to use others. */
  private static final String TARGET = "target";

  private PostgresqlDependencies() {}

  /** Privileges in the order in which they are written. */
  static int privilegePlace(String privilege) {
    int place = PRIVILEGES.indexOf(privilege);
    return place < 0 ? PRIVILEGES.size() : place;
  }

  static List<FactId> needs(Fact fact, Schema schema) {
    FactId id = fact.id();
    return switch (fact.content()) {
      case ConstraintContent.PrimaryKey key ->
          concat(
              columns(id, key.columns(), Kind.COLUMN), columns(id, key.columns(), Kind.NOT_NULL));
      case ConstraintContent.Unique key -> columns(id, key.columns(), Kind.COLUMN);
      case ConstraintContent.ForeignKey key -> foreignKey(id, key, schema);
      case TableContent.Identity ignored -> List.of(id.as(Kind.NOT_NULL));
      case TableContent.Index ignored ->
          partsWithKeys(id, schema).stream().map(part -> part.as(Kind.PARTITION)).toList();
      case TableContent.Cluster cluster -> indexes(id, cluster.index());
      case TableContent.ReplicaIdentity identity ->
          identity.index() == null ? List.of() : indexes(id, identity.index());
      default ->
          id.kind() == Kind.DEFAULT_PRIVILEGE && !id.segment(1).isEmpty()
              ? List.of(FactId.of(Kind.NAMESPACE, id.segment(1)))
              : List.of();
    };
  }

  /** An index or a key of a partitioned table is built in all of its partitions. */
  static List<FactId> follows(Fact fact, Schema schema) {
    if (!BUILT.contains(fact.kind())) {
      return List.of();
    }
    FactId table = fact.id().within(Kind.TABLE, 2);
    boolean partitioned =
        schema
            .find(table, TableContent.Table.class)
            .map(content -> content.partitionKey() != null)
            .orElse(false);
    return partitioned
        ? schema.facts(Kind.PARTITION).stream()
            .map(Fact::id)
            .filter(partition -> isBelow(partition.as(Kind.TABLE), table, schema))
            .toList()
        : List.of();
  }

  /** The partitions whose own keys serve an index of the whole. */
  static List<FactId> partsWithKeys(FactId index, Schema schema) {
    return schema.dependencies(index).stream()
        .filter(on -> on.kind() == Kind.PRIMARY_KEY || on.kind() == Kind.UNIQUE)
        .map(key -> key.within(Kind.TABLE, 2))
        .filter(table -> schema.contains(table.as(Kind.PARTITION)))
        .toList();
  }

  private static boolean isBelow(FactId partition, FactId table, Schema schema) {
    return PostgresqlInheritance.parents(partition, schema).stream()
        .anyMatch(parent -> parent.equals(table) || isBelow(parent, table, schema));
  }

  static List<FactId> links(Fact fact) {
    return switch (fact.kind()) {
      case COLUMN,
          COLUMN_DEFAULT,
          NOT_NULL,
          COLUMN_SETTING,
          PRIMARY_KEY,
          UNIQUE,
          FOREIGN_KEY,
          CHECK,
          EXCLUSION,
          INDEX,
          TRIGGER,
          RULE,
          POLICY ->
          List.of(fact.id().within(Kind.PARTITION, 2), fact.id().within(Kind.INHERITANCE, 2));
      default -> List.of();
    };
  }

  private static List<FactId> foreignKey(
      FactId id, ConstraintContent.ForeignKey key, Schema schema) {
    List<FactId> needs =
        concat(
            columns(id, key.columns(), Kind.COLUMN),
            columns(key.table(), key.referenced(), Kind.COLUMN));
    Stream.concat(
            schema.within(key.table(), Kind.PRIMARY_KEY).stream(),
            schema.within(key.table(), Kind.UNIQUE).stream())
        .map(Fact::id)
        .forEach(needs::add);
    return needs;
  }

  private static List<FactId> columns(FactId id, List<String> names, Kind kind) {
    return names.stream().map(name -> FactId.of(kind, id.segment(0), id.segment(1), name)).toList();
  }

  private static List<FactId> indexes(FactId table, String index) {
    return Stream.of(Kind.INDEX, Kind.PRIMARY_KEY, Kind.UNIQUE, Kind.EXCLUSION)
        .map(kind -> FactId.of(kind, table.segment(0), table.segment(1), index))
        .toList();
  }

  @SafeVarargs
  private static List<FactId> concat(List<FactId>... lists) {
    List<FactId> all = new ArrayList<>();
    for (List<FactId> list : lists) {
      all.addAll(list);
    }
    return all;
  }

  static List<FactId> createdWith(Fact part, Schema schema) {
    FactId id = part.id();
    return switch (id.kind()) {
      case COLUMN, PRIMARY_KEY, UNIQUE, CHECK, EXCLUSION, FOREIGN_KEY, PARTITION, INHERITANCE ->
          isUnchecked(part) ? List.of() : List.of(id.within(Kind.TABLE, 2));
      case COLUMN_DEFAULT, NOT_NULL, IDENTITY ->
          isUnchecked(part) ? List.of() : List.of(id.as(Kind.COLUMN));
      case DOMAIN_DEFAULT, DOMAIN_CHECK ->
          isUnchecked(part) ? List.of() : List.of(id.within(Kind.DOMAIN, 2));
      case OPTIONS -> id.target().kind() == Kind.INDEX ? List.of() : List.of(id.target());
      case SEQUENCE, SEQUENCE_OWNER ->
          PostgresqlSerial.column(id, schema).map(List::of).orElse(List.of());
      case GRANT -> leader(part, schema);
      default -> List.of();
    };
  }

  /** What is created together with its table counts as checked, whatever it says. */
  private static boolean isUnchecked(Fact part) {
    return switch (part.content()) {
      case ConstraintContent.NotNull constraint -> !constraint.validated();
      case ConstraintContent.Check check -> check.enforced() && !check.validated();
      case ConstraintContent.ForeignKey key -> key.enforced() && !key.validated();
      case TypeContent.DomainCheck check -> !check.validated();
      default -> false;
    };
  }

  /** The first privilege of the same kind that the same role has on the same target. */
  private static List<FactId> leader(Fact grant, Schema schema) {
    FactId id = grant.id();
    return PRIVILEGES.stream()
        .takeWhile(privilege -> !privilege.equals(id.name()))
        .map(id::withName)
        .filter(other -> schema.find(other).map(Fact::content).equals(Optional.of(grant.content())))
        .toList();
  }

  static List<FactId> droppedWith(Fact part, Schema schema) {
    FactId id = part.id();
    List<FactId> hosts = new ArrayList<>();
    switch (id.kind()) {
      case PRIMARY_KEY, UNIQUE, CHECK, EXCLUSION, INDEX, STATISTICS, FOREIGN_KEY ->
          schema.dependencies(id).stream()
              .filter(on -> on.kind() == Kind.COLUMN && isOwn(part, on))
              .forEach(hosts::add);
      case SEQUENCE ->
          schema
              .find(id.as(Kind.SEQUENCE_OWNER), TableContent.SequenceOwner.class)
              .ifPresent(owner -> {
                hosts.add(owner.column());
                hosts.add(owner.column().within(Kind.TABLE, 2));
              });
      default -> {}
    }
    id.enclosing().stream().filter(host -> host.kind() != Kind.NAMESPACE).forEach(hosts::add);
    if (part.content() instanceof dev.whimbrel.schema.CodeContent.Statistics statistics) {
      hosts.add(statistics.table());
    }
    if (id.kind() == Kind.GRANT) {
      hosts.removeIf(host -> host.kind() == Kind.NAMESPACE && !host.equals(id.target()));
      if (id.target().kind() == Kind.NAMESPACE) {
        hosts.add(id.target());
      }
      hosts.addAll(leader(part, schema));
    } else if (id.kind().isAttached()) {
      hosts.add(id.target());
    }
    return hosts;
  }

  private static boolean isOwn(Fact part, FactId column) {
    FactId table =
        part.content() instanceof dev.whimbrel.schema.CodeContent.Statistics statistics
            ? statistics.table()
            : part.id();
    return column.segment(0).equals(table.segment(0)) && column.segment(1).equals(table.segment(1));
  }

  static List<List<String>> slots(Fact fact) {
    FactId id = fact.id();
    return switch (id.kind()) {
      case TABLE, VIEW, MATERIALIZED_VIEW, COMPOSITE ->
          List.of(slot("relation", id.path()), slot("type", id.path()));
      case SEQUENCE -> List.of(slot("relation", id.path()));
      case ENUM, DOMAIN, RANGE -> List.of(slot("type", id.path()));
      case INDEX -> List.of(slot("relation", List.of(id.segment(0), id.name())));
      case PRIMARY_KEY ->
          List.of(
              slot("relation", List.of(id.segment(0), id.name())),
              slot("constraint", id.path()),
              slot("key", id.path().subList(0, 2)),
              slot(TARGET, id.path().subList(0, 2)));
      case COLUMN -> List.of(slot("column", id.path()));
      case NOT_NULL -> List.of(slot("not null", id.path()));
      case GRANT -> List.of(slot("grant", id.path()));
      case UNIQUE ->
          List.of(
              slot("relation", List.of(id.segment(0), id.name())),
              slot("constraint", id.path()),
              slot(TARGET, id.path().subList(0, 2)));
      case EXCLUSION ->
          List.of(
              slot("relation", List.of(id.segment(0), id.name())), slot("constraint", id.path()));
      case CHECK, FOREIGN_KEY -> List.of(slot("constraint", id.path()));
      case COLUMN_DEFAULT -> List.of(slot("value", id.path()));
      case IDENTITY ->
          List.of(
              slot("value", id.path()),
              slot(
                  "relation",
                  PostgresqlRenderSequence.of(id, (TableContent.Identity) fact.content())));
      case ROUTINE, AGGREGATE -> List.of(slot("routine", id.path()));
      case PARTITION -> heirs(List.of(((TableContent.Partition) fact.content()).parent()));
      case INHERITANCE -> heirs(((TableContent.Inheritance) fact.content()).parents());
      default -> List.of();
    };
  }

  /**
   * A column is added to a parent when those that leave it have gone; a table comes to a parent
   * when what that loses, and a child would need, has gone.
   */
  static List<List<String>> awaits(Fact fact, Schema from) {
    FactId id = fact.id();
    List<List<String>> slots = new ArrayList<>();
    if (fact.content() instanceof ConstraintContent.ForeignKey key) {
      slots.add(slot(TARGET, key.table().path()));
    } else if (id.kind() == Kind.COLUMN) {
      slots.add(slot("heirs", id.path().subList(0, 2)));
      for (FactId parent : PostgresqlInheritance.parents(id.within(Kind.TABLE, 2), from)) {
        slots.add(slot("column", List.of(parent.segment(0), parent.segment(1), id.name())));
      }
    } else if (id.kind() == Kind.NOT_NULL) {
      for (FactId parent : PostgresqlInheritance.parents(id.within(Kind.TABLE, 2), from)) {
        slots.add(slot("not null", List.of(parent.segment(0), parent.segment(1), id.name())));
      }
    } else if (id.kind() == Kind.GRANT) {
      grantOfTable(id).forEach(other -> slots.add(slot("grant", other.path())));
    } else {
      slots.addAll(lostByParents(fact.content(), from));
    }
    slots(fact).stream().filter(slot -> !slot.getLast().equals(TARGET)).forEach(slots::add);
    return slots;
  }

  /** What a table must have to come to these parents, as long as they have it. */
  static List<List<String>> lostByParents(Content link, Schema from) {
    List<FactId> parents =
        switch (link) {
          case TableContent.Partition partition -> List.of(partition.parent());
          case TableContent.Inheritance inheritance -> inheritance.parents();
          default -> List.of();
        };
    return parents.stream()
        .flatMap(parent ->
            Stream.of(Kind.COLUMN, Kind.NOT_NULL, Kind.CHECK)
                .flatMap(kind -> from.within(parent, kind).stream()))
        .flatMap(part -> slots(part).stream())
        .toList();
  }

  /**
   * Taking a privilege on a table takes it on the columns, too; a column of a partition key can
   * change with its table only; what a table says about an index goes with that.
   */
  static List<FactId> companions(Fact fact, Schema schema) {
    return switch (fact.content()) {
      case TableContent.Table table when table.partitionKey() != null ->
          keyColumns(fact.id(), table.partitionKey(), schema);
      case TableContent.Cluster cluster -> indexes(fact.id(), cluster.index());
      case TableContent.ReplicaIdentity identity when identity.index() != null ->
          indexes(fact.id(), identity.index());
      default -> grantOfTable(fact.id());
    };
  }

  /** The columns that a partition key may name, where they are defined. */
  private static List<FactId> keyColumns(FactId table, String key, Schema schema) {
    List<FactId> found = new ArrayList<>();
    for (FactId at = table;
        at != null;
        at = PostgresqlInheritance.parents(at, schema).stream().findFirst().orElse(null)) {
      schema.within(at, Kind.COLUMN).stream()
          .map(Fact::id)
          .filter(column -> names(key, PostgresqlNames.quote(column.name())))
          .forEach(found::add);
    }
    return found;
  }

  private static boolean names(String text, String name) {
    return java.util.regex.Pattern.compile(
            "(?<![\\w\"])" + java.util.regex.Pattern.quote(name) + "(?![\\w\"])")
        .matcher(text)
        .find();
  }

  private static List<FactId> grantOfTable(FactId id) {
    if (id.kind() != Kind.GRANT || id.target().kind() != Kind.COLUMN) {
      return List.of();
    }
    List<String> path = id.path();
    return List.of(
        FactId.on(
            Kind.GRANT,
            id.target().within(Kind.TABLE, 2),
            path.get(path.size() - 2),
            path.getLast()));
  }

  private static List<List<String>> heirs(List<FactId> parents) {
    return parents.stream().map(parent -> slot("heirs", parent.path())).toList();
  }

  private static List<String> slot(String space, List<String> path) {
    List<String> slot = new ArrayList<>(path);
    slot.add(space);
    return slot;
  }
}
