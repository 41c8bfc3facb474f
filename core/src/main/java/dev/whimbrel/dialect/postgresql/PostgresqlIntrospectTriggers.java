package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.introspect.CatalogRow;
import dev.whimbrel.schema.CodeContent.EventTrigger;
import dev.whimbrel.schema.CodeContent.Firing;
import dev.whimbrel.schema.CodeContent.FiringMode;
import dev.whimbrel.schema.CodeContent.Rule;
import dev.whimbrel.schema.CodeContent.Statistics;
import dev.whimbrel.schema.CodeContent.Trigger;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Triggers, event triggers, rules and extended statistics. */
final class PostgresqlIntrospectTriggers {
  private static final String TRIGGERS =
      """
      select t.oid, n.nspname as schema, c.relname as relation, t.tgname as name,
        quote_ident(t.tgname) as quoted, t.tgconstraint <> 0 as constraint_trigger,
        quote_ident(n.nspname) || '.' || quote_ident(c.relname) as target,
        t.tgenabled as enabled, pg_get_triggerdef(t.oid) as definition
      from pg_trigger t
      join pg_class c on c.oid = t.tgrelid
      join pg_namespace n on n.oid = c.relnamespace
      join pg_proc p on p.oid = t.tgfoid
      where not t.tgisinternal and t.tgparentid = 0 and c.relpersistence <> 't'
        and (c.relnamespace in ({namespaces}) or p.pronamespace in ({namespaces}))
        and {outside pg_trigger t.oid} and {outside pg_class c.oid}
      """;

  /** The parts of a partitioned table's trigger that do not fire as it does. */
  private static final String CLONES =
      """
      select t.oid, n.nspname as schema, c.relname as relation, t.tgname as name,
        t.tgparentid as parent, t.tgenabled as enabled
      from pg_trigger t
      join pg_trigger p on p.oid = t.tgparentid
      join pg_class c on c.oid = t.tgrelid
      join pg_namespace n on n.oid = c.relnamespace
      where not t.tgisinternal and t.tgenabled <> p.tgenabled and c.relnamespace in ({namespaces})
      """;

  private static final String EVENT_TRIGGERS =
      """
      select e.oid, e.evtname as name, e.evtevent as event, e.evttags as tags,
        e.evtfoid::regproc::text as function, e.evtenabled as enabled,
        pg_get_userbyid(e.evtowner) as owner
      from pg_event_trigger e where {outside pg_event_trigger e.oid}
      """;
  private static final String RULES =
      """
      select r.oid, n.nspname as schema, c.relname as relation, r.rulename as name,
        quote_ident(r.rulename) as quoted, r.ev_type as event, r.ev_enabled as enabled,
        quote_ident(n.nspname) || '.' || quote_ident(c.relname) as target,
        pg_get_ruledef(r.oid) as definition
      from pg_rewrite r
      join pg_class c on c.oid = r.ev_class
      join pg_namespace n on n.oid = c.relnamespace
      where r.rulename <> '_RETURN' and c.relnamespace in ({namespaces}) and r.oid >= 16384
        and {outside pg_rewrite r.oid} and {outside pg_class c.oid}
      """;
  private static final String STATISTICS =
      """
      select s.oid, n.nspname as schema, s.stxname as name, tn.nspname as table_schema,
        c.relname as table_name, pg_get_statisticsobjdef_columns(s.oid) as expressions,
        array_remove(s.stxkind::text[], 'e') as kinds, s.stxstattarget as target,
        pg_get_userbyid(s.stxowner) as owner
      from pg_statistic_ext s
      join pg_namespace n on n.oid = s.stxnamespace
      join pg_class c on c.oid = s.stxrelid
      join pg_namespace tn on tn.oid = c.relnamespace
      where s.stxnamespace in ({namespaces})
      """;
  private static final int ALL_STATISTICS = 3;

  private final PostgresqlCatalog catalog;
  private final PostgresqlAcl acl;

  PostgresqlIntrospectTriggers(PostgresqlCatalog catalog) {
    this.catalog = catalog;
    this.acl = new PostgresqlAcl(catalog);
  }

  void read() throws SQLException {
    catalog.each(TRIGGERS, this::trigger);
    catalog.each(CLONES, this::clone);
    catalog.each(EVENT_TRIGGERS, this::eventTrigger);
    catalog.each(RULES, this::rule);
    catalog.each(STATISTICS, this::statistics);
  }

  private void trigger(CatalogRow row) throws SQLException {
    boolean constraint = row.flag("constraint_trigger");
    String definition = PostgresqlSpelling.settled(row.text("definition"));
    String start =
        "CREATE %sTRIGGER %s ".formatted(constraint ? "CONSTRAINT " : "", row.text("quoted"));
    String on = " ON " + row.text("target") + " ";
    int end = definition.indexOf(on, start.length());
    if (!definition.startsWith(start) || end < 0) {
      throw new SQLException("cannot read the trigger " + definition);
    }
    FactId id = FactId.of(Kind.TRIGGER, row.text("schema"), row.text("relation"), row.text("name"));
    Trigger content =
        new Trigger(
            constraint,
            definition.substring(start.length(), end),
            definition.substring(end + on.length()));
    catalog.add("pg_trigger", row.oid("oid"), id, content);
    firing(id, row);
  }

  private void clone(CatalogRow row) throws SQLException {
    FactId parent = catalog.at("pg_trigger", row.oid("parent"), 0);
    if (parent != null) {
      FactId id =
          FactId.of(Kind.TRIGGER, row.text("schema"), row.text("relation"), row.text("name"));
      FactId firing = FactId.on(Kind.FIRING, id);
      firing(id, row);
      if (row.text("enabled").equals("O")) {
        catalog.schema().add(firing, new Firing(FiringMode.ORIGIN));
      }
      catalog.schema().depends(firing, parent);
      catalog.schema().depends(firing, FactId.on(Kind.FIRING, parent));
    }
  }

  private void firing(FactId id, CatalogRow row) throws SQLException {
    FiringMode mode =
        switch (row.text("enabled")) {
          case "D" -> FiringMode.DISABLED;
          case "R" -> FiringMode.REPLICA;
          case "A" -> FiringMode.ALWAYS;
          default -> null;
        };
    if (mode != null) {
      catalog.schema().add(FactId.on(Kind.FIRING, id), new Firing(mode));
    }
  }

  private void eventTrigger(CatalogRow row) throws SQLException {
    String name = row.text("name");
    if (catalog.options().outside().hasEventTrigger(name)) {
      return;
    }
    FactId id = FactId.of(Kind.EVENT_TRIGGER, name);
    List<String> tags = new ArrayList<>(row.texts("tags"));
    tags.sort(null);
    catalog.add(
        "pg_event_trigger",
        row.oid("oid"),
        id,
        new EventTrigger(row.text("event"), tags, row.text("function")));
    firing(id, row);
    acl.owned(id, row);
  }

  private void rule(CatalogRow row) throws SQLException {
    String definition = PostgresqlSpelling.settled(row.text("definition").strip());
    String event =
        switch (row.text("event")) {
          case "1" -> "SELECT";
          case "2" -> "UPDATE";
          case "3" -> "INSERT";
          default -> "DELETE";
        };
    String start =
        "CREATE RULE %s AS\n    ON %s TO %s"
            .formatted(row.text("quoted"), event, row.text("target"));
    if (!definition.startsWith(start)) {
      throw new SQLException("cannot read the rule " + definition);
    }
    String action = definition.substring(start.length());
    FactId id = FactId.of(Kind.RULE, row.text("schema"), row.text("relation"), row.text("name"));
    Rule content =
        new Rule(
            event,
            (action.endsWith(";") ? action.substring(0, action.length() - 1) : action).strip());
    catalog.add("pg_rewrite", row.oid("oid"), id, content);
    firing(id, row);
  }

  private void statistics(CatalogRow row) throws SQLException {
    FactId id = FactId.of(Kind.STATISTICS, row.text("schema"), row.text("name"));
    List<String> kinds = new ArrayList<>();
    for (String code : row.texts("kinds")) {
      kinds.add(
          switch (code) {
            case "d" -> "ndistinct";
            case "f" -> "dependencies";
            case "m" -> "mcv";
            default -> code.toLowerCase(Locale.ROOT);
          });
    }
    kinds.sort(null);
    String target = row.textOrNull("target");
    Statistics content =
        new Statistics(
            kinds.size() == ALL_STATISTICS ? List.of() : kinds,
            PostgresqlSpelling.settled(row.text("expressions")),
            FactId.of(Kind.TABLE, row.text("table_schema"), row.text("table_name")),
            target == null || target.equals("-1") ? null : Integer.valueOf(target));
    catalog.add("pg_statistic_ext", row.oid("oid"), id, content);
    acl.owned(id, row);
  }
}
