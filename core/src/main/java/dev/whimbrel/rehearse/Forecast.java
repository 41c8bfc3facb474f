package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.LockMode;
import dev.whimbrel.hazard.Observation;
import dev.whimbrel.plan.Batch;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.revision.Step;
import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the statements of a plan are expected to do to a target, for where nothing can be tried.
 *
 * <p>It reads the target's catalog and the first words of each statement. Statements that it does
 * not know, and what happens in functions and {@code DO} blocks, are taken to do nothing: a
 * rehearsal sees those.
 */
public final class Forecast {
  private final Splitter splitter;
  private final Catalog origin;
  private final Sketch sketch;
  private final TargetTypes types;
  private final PartitionKeys keys;
  private final Map<String, String> settings;
  private int transaction;

  private Forecast(
      Splitter splitter,
      Catalog origin,
      List<String> path,
      TargetTypes types,
      PartitionKeys keys,
      Map<String, String> set) {
    this.splitter = splitter;
    this.keys = keys;
    this.origin = origin;
    this.sketch = new Sketch(origin, path);
    this.types = types;
    this.settings = Map.copyOf(set);
  }

  /**
   * Looks ahead; the target is only read.
   *
   * @param skipped revisions that are half applied already
   */
  public static List<Observation> of(Connection target, Lexis lexis, Plan plan, Set<String> skipped)
      throws SQLException {
    List<String> path = new ArrayList<>();
    Map<String, String> settings = new HashMap<>();
    try (Statement statement = target.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select s, pg_catalog.current_setting('search_path')
                from pg_catalog.unnest(pg_catalog.current_schemas(false)) s\
                """)) {
      while (row.next()) {
        path.add(row.getString(1));
        settings.put("search_path", row.getString(2));
      }
    }
    Splitter splitter = new Splitter(lexis);
    Forecast forecast =
        new Forecast(
            splitter,
            new CatalogReader(target).read(),
            path,
            new TargetTypes(target),
            new PartitionKeys(target, splitter),
            settings);
    List<Observation> seen = new ArrayList<>();
    for (PlanStep revision : plan.steps()) {
      if (!skipped.contains(revision.id())) {
        revision.batches().forEach(batch -> forecast.batch(revision.id(), batch, seen));
      }
    }
    return seen;
  }

  private void batch(String revision, Batch batch, List<Observation> seen) {
    transaction++;
    Map<Long, LockMode> held = new HashMap<>();
    for (Step step : batch.steps()) {
      Catalog before = sketch.catalog();
      Effect effect = new Effect();
      statement(step.statement(), effect);
      effect
          .locks()
          .forEach((oid, mode) ->
              held.merge(oid, mode, (one, other) -> one.compareTo(other) > 0 ? one : other));
      seen.add(
          new Observation(
              revision,
              step.statement().index(),
              step.statement(),
              batch.alone() ? 0 : transaction,
              effect.locks(),
              held,
              effect.rewrites(),
              effect.scans(),
              effect.builds(),
              effect.changes(),
              List.of(),
              0,
              null,
              effect.onlyWithoutRows(),
              Duration.ZERO,
              before,
              sketch.catalog(),
              origin,
              settings));
      if (batch.alone()) {
        held.clear();
      }
    }
  }

  private void statement(dev.whimbrel.sql.Statement statement, Effect effect) {
    Cursor cursor = new Cursor(statement.text(), splitter.tokens(statement.text()));
    if (cursor.take("alter", "table")) {
      alterTable(cursor, effect);
    } else if (cursor.take("alter", "type")) {
      alterType(cursor);
    } else if (cursor.take("alter", "domain")) {
      alterDomain(cursor, effect);
    } else if (cursor.take("drop")) {
      drop(cursor, effect);
    } else if (cursor.take("truncate")) {
      cursor.take("table");
      each(
          cursor,
          table -> {
            effect.lock(table.oid(), LockMode.ACCESS_EXCLUSIVE);
            effect.rewrite(table.oid());
          });
    } else if (cursor.take("delete", "from") || cursor.take("update")) {
      cursor.take("only");
      changeRows(sketch.table(cursor.name()), cursor, effect);
    } else if (cursor.take("create")) {
      create(cursor, effect);
    }
  }

  private void changeRows(Catalog.@Nullable Relation table, Cursor cursor, Effect effect) {
    if (table != null) {
      effect.lock(table.oid(), LockMode.ROW_EXCLUSIVE);
      if (!cursor.later("where")) {
        effect.changeAll(table.oid());
      }
    }
  }

  private void each(Cursor cursor, Consumer<Catalog.Relation> work) {
    for (Cursor.Name name : cursor.names()) {
      Catalog.Relation table = sketch.table(name);
      if (table != null) {
        work.accept(table);
      }
    }
  }

  private void alterTable(Cursor cursor, Effect effect) {
    cursor.take("if", "exists");
    cursor.take("only");
    Catalog.Relation table = sketch.table(cursor.name());
    cursor.take("*");
    if (table != null) {
      new Alteration(sketch, types, keys, effect, table.oid()).apply(cursor);
    }
  }

  private void alterType(Cursor cursor) {
    Catalog.Type type = sketch.type(cursor.name());
    for (Cursor action : cursor.parts()) {
      if (type != null && action.take("drop", "attribute")) {
        action.take("if", "exists");
        sketch.dropAttribute(type, action.word());
        type = sketch.catalog().types().get(type.oid());
      }
    }
  }

  private void alterDomain(Cursor cursor, Effect effect) {
    Catalog.Type domain = sketch.type(cursor.name());
    if (domain == null) {
      return;
    }
    boolean begins = false;
    if (cursor.take("add")) {
      String name = cursor.take("constraint") ? cursor.word() : domain.name() + "_check";
      begins = cursor.take("check") && checks(domain, name, cursor);
    } else if (cursor.take("validate", "constraint")) {
      Catalog.Constraint found = sketch.domainConstraint(domain.oid(), cursor.word());
      if (found != null) {
        begins = !found.validated();
        sketch.validate(found);
      }
    }
    if (begins) {
      for (Catalog.Relation table : sketch.catalog().relations().values()) {
        if (table.isTable()
            && table.columns().values().stream().anyMatch(each -> domain.isTypeOf(each.type()))) {
          effect.lock(table.oid(), LockMode.SHARE);
          effect.scan(table.oid());
        }
      }
    }
  }

  private boolean checks(Catalog.Type domain, String name, Cursor cursor) {
    String definition = "CHECK (" + cursor.group() + ")";
    boolean valid = !cursor.later("not", "valid");
    sketch.put(
        new Catalog.Constraint(
            sketch.fresh(),
            0,
            domain.oid(),
            name,
            'c',
            valid,
            List.of(),
            0,
            List.of(),
            0,
            0,
            definition));
    return valid;
  }

  private void drop(Cursor cursor, Effect effect) {
    boolean table = cursor.take("table");
    boolean schema = !table && cursor.take("schema");
    cursor.take("if", "exists");
    if (table) {
      each(
          cursor,
          found -> {
            effect.lock(found.oid(), LockMode.ACCESS_EXCLUSIVE);
            sketch.drop(found.oid());
          });
    } else if (schema) {
      cursor.names().forEach(name -> sketch.dropSchema(name.name()));
    }
  }

  private void create(Cursor cursor, Effect effect) {
    boolean unique = cursor.take("unique");
    if (cursor.take("index")) {
      createIndex(unique, cursor, effect);
      return;
    }
    cursor.take("unlogged");
    if (cursor.take("table")) {
      cursor.take("if", "not", "exists");
      sketch.create(cursor.name());
      Catalog.Relation parent = cursor.take("partition", "of") ? sketch.table(cursor.name()) : null;
      if (parent != null) {
        cursor.group();
        sketch.keepOut(keys.defaultOf(parent.oid()), keys.condition(parent.oid(), cursor));
      }
    }
  }

  private void createIndex(boolean unique, Cursor cursor, Effect effect) {
    boolean concurrently = cursor.take("concurrently");
    cursor.take("if", "not", "exists");
    String name = cursor.ahead("on") ? "" : cursor.word();
    cursor.take("on");
    cursor.take("only");
    Catalog.Relation table = sketch.table(cursor.name());
    cursor.until("(");
    String keys = cursor.group();
    if (table == null || keys.isEmpty()) {
      return;
    }
    effect.lock(table.oid(), concurrently ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.SHARE);
    boolean nullsEqual = cursor.later("nulls", "not", "distinct");
    cursor.until("where");
    cursor.take("where");
    String index = name.isEmpty() ? table.name() + "_idx" : name;
    effect.build(
        table.oid(), sketch.index(table, index, unique, keys, cursor.until(";"), nullsEqual));
  }
}
