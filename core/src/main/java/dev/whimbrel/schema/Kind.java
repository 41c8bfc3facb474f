package dev.whimbrel.schema;

/**
 * What a fact is about. The order of the constants is the canonical order of facts; the comment
 * beside each gives the path of its {@link FactId}.
 */
public enum Kind {
  /** {@code [schema]}. */
  NAMESPACE(Scope.DATABASE, Content.Namespace.class),
  /** {@code [extension]}. */
  EXTENSION(Scope.DATABASE, Content.Extension.class),
  /** {@code [schema, collation]}. */
  COLLATION(Scope.NAMESPACE, Content.Collation.class),
  /** {@code [schema, type]}. */
  ENUM(Scope.NAMESPACE, TypeContent.EnumType.class),
  /** {@code [schema, type]}. */
  DOMAIN(Scope.NAMESPACE, TypeContent.Domain.class),
  /** {@code [schema, domain]}. */
  DOMAIN_DEFAULT(Scope.DOMAIN, TypeContent.DomainDefault.class),
  /** {@code [schema, domain, constraint]}. */
  DOMAIN_CHECK(Scope.DOMAIN, TypeContent.DomainCheck.class),
  /** {@code [schema, type]}. */
  COMPOSITE(Scope.NAMESPACE, TypeContent.CompositeType.class),
  /** {@code [schema, type]}. */
  RANGE(Scope.NAMESPACE, TypeContent.RangeType.class),
  /** {@code [schema, sequence]}; an identity column's sequence is part of {@link #IDENTITY}. */
  SEQUENCE(Scope.NAMESPACE, TableContent.Sequence.class),
  /** {@code [schema, name, types of the input arguments, as in "integer, text"]}. */
  ROUTINE(Scope.NAMESPACE, CodeContent.Routine.class),
  /** {@code [schema, name, identity arguments]}. */
  AGGREGATE(Scope.NAMESPACE, CodeContent.Aggregate.class),
  /** {@code [schema, table]}. */
  TABLE(Scope.NAMESPACE, TableContent.Table.class),
  /** {@code [schema, table]} of the partition. */
  PARTITION(Scope.RELATION, TableContent.Partition.class),
  /** {@code [schema, table]} of the child. */
  INHERITANCE(Scope.RELATION, TableContent.Inheritance.class),
  /** {@code [schema, table, column]}. */
  COLUMN(Scope.RELATION, TableContent.Column.class),
  /** {@code [schema, table, column]}. */
  IDENTITY(Scope.COLUMN, TableContent.Identity.class),
  /** {@code [schema, table, column, setting]}. */
  COLUMN_SETTING(Scope.COLUMN, TableContent.ColumnSetting.class),
  /** {@code [schema, table or view, column]}. */
  COLUMN_DEFAULT(Scope.COLUMN, TableContent.ColumnDefault.class),
  /** {@code [schema, table, column]}. */
  NOT_NULL(Scope.COLUMN, ConstraintContent.NotNull.class),
  /** {@code [schema, table, constraint]}. */
  PRIMARY_KEY(Scope.RELATION, ConstraintContent.PrimaryKey.class),
  /** {@code [schema, table, constraint]}. */
  UNIQUE(Scope.RELATION, ConstraintContent.Unique.class),
  /** {@code [schema, table, constraint]}. */
  CHECK(Scope.RELATION, ConstraintContent.Check.class),
  /** {@code [schema, table, constraint]}. */
  EXCLUSION(Scope.RELATION, ConstraintContent.Exclusion.class),
  /** {@code [schema, table or materialized view, index]}. */
  INDEX(Scope.RELATION, TableContent.Index.class),
  /** {@code [schema, table, constraint]}. */
  FOREIGN_KEY(Scope.RELATION, ConstraintContent.ForeignKey.class),
  /** {@code [schema, sequence]}. */
  SEQUENCE_OWNER(Scope.SEQUENCE, TableContent.SequenceOwner.class),
  /** {@code [schema, table]}. */
  CLUSTER(Scope.RELATION, TableContent.Cluster.class),
  /** {@code [schema, table]}. */
  REPLICA_IDENTITY(Scope.RELATION, TableContent.ReplicaIdentity.class),
  /** {@code [schema, view]}. */
  VIEW(Scope.NAMESPACE, CodeContent.View.class),
  /** {@code [schema, view]}. */
  MATERIALIZED_VIEW(Scope.NAMESPACE, CodeContent.MaterializedView.class),
  /** {@code [schema, table or view, rule]}. */
  RULE(Scope.RELATION, CodeContent.Rule.class),
  /** {@code [schema, table or view, trigger]}. */
  TRIGGER(Scope.RELATION, CodeContent.Trigger.class),
  /** {@code [schema, table]}. */
  ROW_SECURITY(Scope.RELATION, AccessContent.RowSecurity.class),
  /** {@code [schema, table, policy]}. */
  POLICY(Scope.RELATION, AccessContent.Policy.class),
  /** {@code [schema, statistics object]}. */
  STATISTICS(Scope.NAMESPACE, CodeContent.Statistics.class),
  /** {@code [event trigger]}. */
  EVENT_TRIGGER(Scope.DATABASE, CodeContent.EventTrigger.class),
  /** {@code [publication]}. */
  PUBLICATION(Scope.DATABASE, Content.Publication.class),
  /** {@code [publication, schema, table]}. */
  PUBLICATION_TABLE(Scope.PUBLICATION, Content.PublicationTable.class),
  /** {@code [publication, schema]}. */
  PUBLICATION_SCHEMA(Scope.PUBLICATION, Content.PublicationSchema.class),
  /** On a table, view or materialized view. */
  OPTIONS(Scope.ATTACHED, Content.Options.class),
  /** On a trigger, rule or event trigger. */
  FIRING(Scope.ATTACHED, CodeContent.Firing.class),
  /** On anything. */
  COMMENT(Scope.ATTACHED, Content.Comment.class),
  /** On anything that is owned. */
  OWNER(Scope.ATTACHED, AccessContent.Owner.class),
  /** On anything with privileges, columns included; then {@code grantee, privilege}. */
  GRANT(Scope.ATTACHED, AccessContent.Grant.class),
  /** {@code [role, schema or "", kind of object, grantee, privilege]}. */
  DEFAULT_PRIVILEGE(Scope.DATABASE, AccessContent.DefaultPrivilege.class),
  /** {@code [type, name]}: an object known by its text only. */
  VERBATIM(Scope.DATABASE, Content.Verbatim.class);

  private final Scope scope;
  private final Class<? extends Content> type;

  Kind(Scope scope, Class<? extends Content> type) {
    this.scope = scope;
    this.type = type;
  }

  /** The record that says the rest. */
  public Class<? extends Content> type() {
    return type;
  }

  /** Whether facts of this kind are about another fact, {@link FactId#target}. */
  public boolean isAttached() {
    return scope == Scope.ATTACHED;
  }

  Scope scope() {
    return scope;
  }

  /** What a fact lives in: how to read its path. */
  enum Scope {
    DATABASE,
    NAMESPACE,
    RELATION,
    COLUMN,
    DOMAIN,
    SEQUENCE,
    PUBLICATION,
    ATTACHED
  }
}
