package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.change.Change;
import dev.whimbrel.diff.DiffStrategy;
import dev.whimbrel.schema.AccessContent;
import dev.whimbrel.schema.CodeContent;
import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.InventedName;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.schema.TypeContent;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What PostgreSQL can change in place, what it cannot, and what that takes along. */
public final class PostgresqlDiff implements DiffStrategy {
  private static final Set<Kind> HELD_BY_COLUMN =
      EnumSet.of(
          Kind.VIEW,
          Kind.MATERIALIZED_VIEW,
          Kind.RULE,
          Kind.TRIGGER,
          Kind.POLICY,
          Kind.COLUMN,
          Kind.ROUTINE,
          Kind.PUBLICATION_TABLE);
  private static final Set<Kind> NOT_CONVERTED =
      EnumSet.of(Kind.COLUMN_DEFAULT, Kind.CHECK, Kind.EXCLUSION, Kind.STATISTICS);

  private static final Set<Kind> EXPRESSIONS =
      EnumSet.of(Kind.CHECK, Kind.EXCLUSION, Kind.STATISTICS);

  private final int major;

  /**
   * A strategy for one version.
   *
   * @param major of the server
   */
  public PostgresqlDiff(int major) {
    this.major = major;
  }

  @Override
  public Sides level(Schema from, Schema to) {
    return PostgresqlInheritance.level(from, to);
  }

  @Override
  public Map<FactId, FactId> counterparts(Schema from, Schema to) {
    return PostgresqlTypeSwap.counterparts(from, to);
  }

  @Override
  public boolean alters(Fact before, Fact after, Sides sides) {
    return switch (before.content()) {
      case TableContent content -> altersTable(content, after.content(), before, sides);
      case ConstraintContent.ForeignKey key ->
          altersForeignKey(key, (ConstraintContent.ForeignKey) after.content(), sides);
      case ConstraintContent ignored -> true;
      case CodeContent content -> altersCode(content, after.content());
      case TypeContent ignored ->
          before.kind() != Kind.DOMAIN_CHECK || validates(before.content(), after.content());
      case AccessContent.Policy policy ->
          altersPolicy(policy, (AccessContent.Policy) after.content());
      case AccessContent ignored -> true;
      case Content.Publication publication ->
          publication.allTables() == ((Content.Publication) after.content()).allTables();
      case Content.Extension ignored -> true;
      case Content.Options ignored -> true;
      case Content.Comment ignored -> true;
      case Content.Namespace ignored -> true;
      case Content.Collation ignored -> false;
      case Content.PublicationTable ignored -> false;
      case Content.PublicationSchema ignored -> false;
      case Content.Verbatim ignored -> false;
    };
  }

  /** One that is made beside the old one would hold on to a key of its target that goes. */
  private static boolean altersForeignKey(
      ConstraintContent.ForeignKey before, ConstraintContent.ForeignKey after, Sides sides) {
    Set<String> referenced = Set.copyOf(after.referenced());
    return isAltered(before, after)
        || Stream.of(Kind.PRIMARY_KEY, Kind.UNIQUE)
            .flatMap(kind -> sides.from().within(after.table(), kind).stream())
            .filter(fact -> referenced.equals(keyColumns(fact.content())))
            .allMatch(fact -> sides.to().contains(fact.id()));
  }

  private static Set<String> keyColumns(Content content) {
    return switch (content) {
      case ConstraintContent.PrimaryKey key -> Set.copyOf(key.columns());
      case ConstraintContent.Unique key -> Set.copyOf(key.columns());
      default -> Set.of();
    };
  }

  private boolean altersTable(TableContent before, Content after, Fact fact, Sides sides) {
    return switch (before) {
      case TableContent.Table table ->
          Objects.equals(table.partitionKey(), ((TableContent.Table) after).partitionKey());
      case TableContent.Column column -> altersColumn(column, (TableContent.Column) after);
      case TableContent.Index index -> altersIndex(index, (TableContent.Index) after, fact, sides);
      case TableContent.Identity identity ->
          Objects.equals(identity.sequenceName(), ((TableContent.Identity) after).sequenceName());
      case TableContent.Partition ignored -> true;
      case TableContent.Inheritance ignored -> true;
      case TableContent.ColumnSetting ignored -> true;
      case TableContent.ColumnDefault ignored -> true;
      case TableContent.Sequence ignored -> true;
      case TableContent.SequenceOwner ignored -> true;
      case TableContent.Cluster ignored -> true;
      case TableContent.ReplicaIdentity ignored -> true;
    };
  }

  /** An expression can go and leave its values; since version 17 it can change, but not come. */
  private boolean altersColumn(TableContent.Column before, TableContent.Column after) {
    boolean same = Objects.equals(before.generated(), after.generated());
    boolean goes = before.generated() != null && after.generated() == null && !before.virtual();
    boolean changes =
        before.generated() != null
            && after.generated() != null
            && before.type().equals(after.type())
            && major >= 17;
    return ((same || changes) && before.virtual() == after.virtual()) || goes;
  }

  /** Anything of an index can change: a new one takes its place. A partition's part cannot. */
  private static boolean altersIndex(
      TableContent.Index before, TableContent.Index after, Fact fact, Sides sides) {
    boolean partitioned =
        sides
            .to()
            .find(fact.id().within(Kind.TABLE, 2), TableContent.Table.class)
            .map(table -> table.partitionKey() != null)
            .orElse(false);
    return isSameButOptions(before, after)
        || (!partitioned
            && sides.to().contains(fact.id().within(Kind.TABLE, 2))
            && before.attachedTo() == null
            && after.attachedTo() == null);
  }

  /** Whether two indexes differ in storage parameters only. */
  static boolean isSameButOptions(TableContent.Index before, TableContent.Index after) {
    return new TableContent.Index(
            before.unique(),
            before.nullsNotDistinct(),
            before.method(),
            before.keys(),
            before.include(),
            before.predicate(),
            after.options(),
            before.valid(),
            before.attachedTo())
        .equals(after);
  }

  /** Whether two keys differ in the storage parameters of their indexes only. */
  static boolean isSameButOptions(ConstraintContent before, ConstraintContent after) {
    return switch (before) {
      case ConstraintContent.PrimaryKey key ->
          new ConstraintContent.PrimaryKey(
                  key.columns(),
                  key.include(),
                  key.withoutOverlaps(),
                  key.deferral(),
                  ((ConstraintContent.PrimaryKey) after).options())
              .equals(after);
      case ConstraintContent.Unique key ->
          new ConstraintContent.Unique(
                  key.columns(),
                  key.include(),
                  key.nullsNotDistinct(),
                  key.withoutOverlaps(),
                  key.deferral(),
                  ((ConstraintContent.Unique) after).options())
              .equals(after);
      default -> false;
    };
  }

  /** Whether a foreign key can be altered, rather than make room for a new one. */
  static boolean isAltered(
      ConstraintContent.ForeignKey before, ConstraintContent.ForeignKey after) {
    return validates(before, after)
        || withDeferral(before, after.deferral()).equals(after)
        || notEnforced(before).equals(after);
  }

  private static ConstraintContent.ForeignKey notEnforced(ConstraintContent.ForeignKey key) {
    return new ConstraintContent.ForeignKey(
        key.columns(),
        key.table(),
        key.referenced(),
        key.matchFull(),
        key.onUpdate(),
        key.onDelete(),
        key.onDeleteColumns(),
        key.period(),
        key.deferral(),
        false,
        false);
  }

  private static ConstraintContent.ForeignKey withDeferral(
      ConstraintContent.ForeignKey key, ConstraintContent.Deferral deferral) {
    return foreignKey(key, deferral, key.validated());
  }

  private static ConstraintContent.ForeignKey foreignKey(
      ConstraintContent.ForeignKey key, ConstraintContent.Deferral deferral, boolean validated) {
    return new ConstraintContent.ForeignKey(
        key.columns(),
        key.table(),
        key.referenced(),
        key.matchFull(),
        key.onUpdate(),
        key.onDelete(),
        key.onDeleteColumns(),
        key.period(),
        deferral,
        validated,
        key.enforced());
  }

  /** Whether the only difference is that it was not valid before. */
  static boolean validates(Content before, Content after) {
    if (before instanceof ConstraintContent.Check check) {
      return new ConstraintContent.Check(
                  check.expression(), check.noInherit(), true, check.enforced())
              .equals(after)
          && check.enforced();
    }
    if (before instanceof ConstraintContent.ForeignKey key) {
      return key.enforced() && foreignKey(key, key.deferral(), true).equals(after);
    }
    return before instanceof TypeContent.DomainCheck check
        && new TypeContent.DomainCheck(check.expression(), true).equals(after);
  }

  private static boolean altersCode(CodeContent before, Content after) {
    return switch (before) {
      case CodeContent.View view -> replaces(view, (CodeContent.View) after);
      case CodeContent.MaterializedView view ->
          view.definition().equals(((CodeContent.MaterializedView) after).definition());
      case CodeContent.Routine routine -> {
        CodeContent.Routine other = (CodeContent.Routine) after;
        yield routine.procedure() == other.procedure()
            && Objects.equals(routine.result(), other.result())
            && routine.arguments().equals(other.arguments());
      }
      case CodeContent.Trigger trigger ->
          !trigger.constraint() && !((CodeContent.Trigger) after).constraint();
      case CodeContent.Statistics statistics -> {
        CodeContent.Statistics other = (CodeContent.Statistics) after;
        yield new CodeContent.Statistics(
                statistics.kinds(), statistics.expressions(), statistics.table(), other.target())
            .equals(other);
      }
      case CodeContent.Rule ignored -> true;
      case CodeContent.Firing ignored -> true;
      case CodeContent.Aggregate ignored -> false;
      case CodeContent.EventTrigger ignored -> false;
    };
  }

  /** A view may get more columns at its end, and another query for those it has. */
  private static boolean replaces(CodeContent.View before, CodeContent.View after) {
    int columns = before.columns().size();
    return after.columns().size() >= columns
        && after.columns().subList(0, columns).equals(before.columns());
  }

  private static boolean altersPolicy(AccessContent.Policy before, AccessContent.Policy after) {
    return before.permissive() == after.permissive()
        && before.command().equals(after.command())
        && (before.using() == null || after.using() != null)
        && (before.check() == null || after.check() != null);
  }

  @Override
  public boolean disturbs(Fact before, Fact after, Fact dependent) {
    Kind kind = dependent.kind();
    return switch (before.kind()) {
      case COLUMN -> {
        TableContent.Column column = (TableContent.Column) before.content();
        TableContent.Column other = (TableContent.Column) after.content();
        String from = column.type();
        String to = other.type();
        boolean retyped =
            before.equals(after)
                || !from.equals(to)
                || !Objects.equals(column.collation(), other.collation());
        yield (HELD_BY_COLUMN.contains(kind) && retyped)
            || (kind == Kind.TABLE && retyped)
            || (kind == Kind.FOREIGN_KEY
                && (before.equals(after) || !PostgresqlTypes.compares(from, to)))
            || (NOT_CONVERTED.contains(kind) && !PostgresqlTypes.assigns(from, to))
            || (holdsExpression(dependent) && !PostgresqlTypes.isAlike(from, to));
      }
      case ENUM, DOMAIN, COMPOSITE, RANGE ->
          (before.equals(after) || PostgresqlTypeSwap.isNeeded(before.content(), after.content()))
              && !(kind == Kind.COLUMN && isPlain(dependent));
      case INDEX ->
          kind != Kind.CLUSTER
              && kind != Kind.REPLICA_IDENTITY
              && !isSameButOptions(
                  (TableContent.Index) before.content(), (TableContent.Index) after.content());
      case PRIMARY_KEY, UNIQUE ->
          !isSameButOptions(
                  (ConstraintContent) before.content(), (ConstraintContent) after.content())
              && (kind == Kind.FOREIGN_KEY || kind == Kind.COMMENT || kind == Kind.INDEX);
      case CHECK, EXCLUSION ->
          kind == Kind.COMMENT && !validates(before.content(), after.content());
      case FOREIGN_KEY ->
          kind == Kind.COMMENT
              && !isAltered(
                  (ConstraintContent.ForeignKey) before.content(),
                  (ConstraintContent.ForeignKey) after.content());
      case TRIGGER, FIRING -> kind == Kind.FIRING;
      default -> false;
    };
  }

  @Override
  public boolean outlives(Fact gone, Fact dependent, Sides sides) {
    boolean key = gone.kind() == Kind.PRIMARY_KEY || gone.kind() == Kind.UNIQUE;
    if (!key || dependent.kind() != Kind.INDEX) {
      return false;
    }
    FactId part = gone.id().within(Kind.PARTITION, 2);
    return sides.from().contains(part) && !sides.to().contains(part);
  }

  /** Whether it may have a predicate or an expression, which does not follow a type everywhere. */
  private static boolean holdsExpression(Fact dependent) {
    return EXPRESSIONS.contains(dependent.kind())
        || (dependent.content() instanceof TableContent.Index index
            && (index.predicate() != null
                || index.keys().stream().anyMatch(key -> key.expression() != null)));
  }

  private static boolean isPlain(Fact column) {
    return ((TableContent.Column) column.content()).generated() == null;
  }

  @Override
  public List<Fact> rewrites(Fact before, Fact after, List<Fact> dependents, Sides sides) {
    return PostgresqlTypeSwap.KINDS.contains(before.kind())
            && (before.equals(after)
                || PostgresqlTypeSwap.isNeeded(before.content(), after.content()))
        ? dependents.stream()
            .filter(fact ->
                PostgresqlTypeSwap.isNested(fact) || (fact.kind() == Kind.COLUMN && isPlain(fact)))
            .filter(fact -> fact.equals(sides.to().byId().get(fact.id())))
            .toList()
        : List.of();
  }

  @Override
  public List<FactId> needs(Fact fact, Schema schema) {
    return PostgresqlDependencies.needs(fact, schema);
  }

  @Override
  public List<FactId> follows(Fact fact, Schema schema) {
    return PostgresqlDependencies.follows(fact, schema);
  }

  @Override
  public List<FactId> createdWith(Fact part, Schema schema) {
    return PostgresqlDependencies.createdWith(part, schema);
  }

  @Override
  public List<FactId> droppedWith(Fact part, Schema schema) {
    return PostgresqlDependencies.droppedWith(part, schema);
  }

  @Override
  public List<List<String>> slots(Fact fact) {
    return PostgresqlDependencies.slots(fact);
  }

  @Override
  public List<List<String>> awaits(Fact fact, Schema from) {
    return PostgresqlDependencies.awaits(fact, from);
  }

  @Override
  public List<List<String>> awaitsAnew(Fact fact, Schema from) {
    return PostgresqlDependencies.lostByParents(fact.content(), from);
  }

  @Override
  public boolean readies(Fact fact) {
    return PostgresqlInheritance.INHERITED.contains(fact.kind());
  }

  @Override
  public List<FactId> companions(Fact fact, Schema schema) {
    return PostgresqlDependencies.companions(fact, schema);
  }

  @Override
  public List<Fact> bestowed(Fact created, List<Fact> defaults) {
    return PostgresqlDefaultPrivileges.bestowed(created, defaults);
  }

  @Override
  public Set<Kind> defaults() {
    return EnumSet.of(Kind.DEFAULT_PRIVILEGE);
  }

  @Override
  public List<FactId> links(Fact fact) {
    return PostgresqlDependencies.links(fact);
  }

  @Override
  public boolean splits(Fact part) {
    return switch (part.kind()) {
      case COLUMN_DEFAULT, PRIMARY_KEY, UNIQUE, CHECK, EXCLUSION, DOMAIN_CHECK, DOMAIN_DEFAULT ->
          true;
      case COLUMN -> ((TableContent.Column) part.content()).generated() != null;
      default -> false;
    };
  }

  @Override
  public boolean isInvented(Fact fact) {
    return InventedName.is(fact);
  }

  @Override
  public int rank(Change change, Sides sides) {
    return PostgresqlRank.of(change, sides);
  }
}
