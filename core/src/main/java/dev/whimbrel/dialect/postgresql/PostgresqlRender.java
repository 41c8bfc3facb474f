package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.change.Change;
import dev.whimbrel.render.RenderStrategy;
import dev.whimbrel.render.Script;
import dev.whimbrel.render.Situation;
import dev.whimbrel.render.Sql;
import dev.whimbrel.schema.AccessContent;
import dev.whimbrel.schema.CodeContent;
import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.Content;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.TableContent;
import dev.whimbrel.schema.TypeContent;
import java.util.ArrayList;
import java.util.List;

/** Writes changes as PostgreSQL's statements, each as a DBA would. */
public final class PostgresqlRender implements RenderStrategy {
  private final int major;

  /**
   * A renderer for one version.
   *
   * @param major of the server that will run the statements
   */
  public PostgresqlRender(int major) {
    this.major = major;
  }

  @Override
  public List<Sql> preamble(List<Change> changes, Situation situation) {
    boolean unchecked =
        changes.size() > 1
            && changes.stream()
                .anyMatch(change ->
                    (change instanceof Change.Create create && isSqlFunction(create.fact()))
                        || (change instanceof Change.Alter alter && isSqlFunction(alter.after())));
    return unchecked ? List.of(Sql.of("set local check_function_bodies = off")) : List.of();
  }

  private static boolean isSqlFunction(Fact fact) {
    return fact.content() instanceof CodeContent.Routine routine
        && routine.definition().contains("LANGUAGE sql")
        && routine.definition().contains("AS $");
  }

  @Override
  public List<Script.Step> join(List<Script.Step> steps) {
    return PostgresqlRewrites.join(steps);
  }

  @Override
  public List<Sql> render(Change change, Situation situation) {
    Out out = new Out(situation, major);
    switch (change) {
      case Change.Create create -> create(create.fact(), create.parts(), out);
      case Change.Drop drop -> drop(drop.fact(), drop.parts(), out);
      case Change.Alter alter -> alter(alter, out);
      case Change.Rename rename -> rename(rename.before().id(), rename.to(), out);
      case Change.RenameLabel rename ->
          out.add(
              "alter type %s rename value %s to %s",
              PostgresqlNames.type(rename.object()),
              PostgresqlNames.literal(rename.from()),
              PostgresqlNames.literal(rename.to()));
    }
    return out.statements();
  }

  private static void create(Fact fact, List<Fact> parts, Out out) {
    switch (fact.content()) {
      case TableContent content -> PostgresqlRenderTable.create(fact.id(), content, parts, out);
      case ConstraintContent content -> PostgresqlRenderConstraint.create(fact.id(), content, out);
      case TypeContent content -> PostgresqlRenderType.create(fact.id(), content, parts, out);
      case CodeContent content -> PostgresqlRenderCode.create(fact.id(), content, parts, out);
      case AccessContent content -> PostgresqlRenderAccess.create(fact.id(), content, parts, out);
      case Content content -> PostgresqlRenderObject.create(fact.id(), content, out);
    }
  }

  private static void drop(Fact fact, List<Fact> parts, Out out) {
    if (fact.kind().isAttached()
        && PostgresqlTypeSwap.isSwapped(fact.id().target(), out.from(), out.to())) {
      return; // it goes with the old type
    }
    switch (fact.content()) {
      case TableContent content -> PostgresqlRenderTable.drop(fact.id(), content, out);
      case ConstraintContent content -> PostgresqlRenderConstraint.drop(fact.id(), content, out);
      case TypeContent content -> PostgresqlRenderType.drop(fact.id(), content, out);
      case CodeContent content -> PostgresqlRenderCode.drop(fact.id(), content, out);
      case AccessContent content -> PostgresqlRenderAccess.drop(fact.id(), content, parts, out);
      case Content content -> PostgresqlRenderObject.drop(fact.id(), content, out);
    }
  }

  private static void alter(Change.Alter change, Out out) {
    FactId id = change.object();
    Content after = change.after().content();
    switch (change.before().content()) {
      case TableContent before ->
          PostgresqlRenderTable.alter(id, before, (TableContent) after, out);
      case ConstraintContent before ->
          PostgresqlRenderConstraint.alter(id, before, (ConstraintContent) after, out);
      case TypeContent before ->
          PostgresqlRenderType.alter(id, before, (TypeContent) after, change.parts(), out);
      case CodeContent before -> PostgresqlRenderCode.alter(id, before, (CodeContent) after, out);
      case AccessContent before ->
          PostgresqlRenderAccess.alter(id, before, (AccessContent) after, out);
      case Content before -> PostgresqlRenderObject.alter(id, before, after, out);
    }
  }

  private static void rename(FactId from, FactId to, Out out) {
    String name = PostgresqlNames.quote(to.name());
    switch (from.kind()) {
      case PRIMARY_KEY, UNIQUE, CHECK, EXCLUSION, FOREIGN_KEY ->
          out.add(
              "alter table %s rename constraint %s to %s",
              PostgresqlNames.relation(from), PostgresqlNames.quote(from.name()), name);
      case DOMAIN_CHECK ->
          out.add(
              "alter domain %s rename constraint %s to %s",
              PostgresqlNames.type(from), PostgresqlNames.quote(from.name()), name);
      case COLUMN ->
          out.add(
              "alter table %s rename column %s to %s",
              PostgresqlNames.relation(from), PostgresqlNames.quote(from.name()), name);
      case TRIGGER, POLICY, RULE ->
          out.add("alter %s rename to %s", PostgresqlNames.object(from, out.from()), name);
      default -> out.add("alter %s rename to %s", PostgresqlNames.object(from, out.from()), name);
    }
  }

  /** Collects the statements of one change; not thread-safe. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation is not in the JDK
  static final class Out {
    private final List<Sql> statements = new ArrayList<>();
    private final Situation situation;
    private final int major;

    private Out(Situation situation, int major) {
      this.situation = situation;
      this.major = major;
    }

    Situation situation() {
      return situation;
    }

    dev.whimbrel.schema.Schema from() {
      return situation.from();
    }

    dev.whimbrel.schema.Schema to() {
      return situation.to();
    }

    boolean has(int version) {
      return major >= version;
    }

    /** Adds a statement; arguments are names and expressions, ready to stand in it. */
    void add(String format, Object... arguments) {
      statements.add(Sql.of(String.format(format, arguments)));
    }

    void alone(String format, Object... arguments) {
      statements.add(Sql.alone(String.format(format, arguments)));
    }

    private List<Sql> statements() {
      return List.copyOf(statements);
    }
  }
}
