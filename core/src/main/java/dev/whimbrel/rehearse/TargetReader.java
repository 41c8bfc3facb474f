package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Facts;
import dev.whimbrel.hazard.Names;
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

/** Reads what a target holds and how busy it is; it changes nothing there. */
public final class TargetReader {
  private final Connection target;

  public TargetReader(Connection target) {
    this.target = target;
  }

  /**
   * How the target is.
   *
   * @param tables by qualified name
   * @param oldestTransactionMs age of the oldest open transaction of others, 0 for none
   * @param replicas that stream from it now
   * @param slots replication slots
   * @param freeConnections that the role could still open
   * @param exposed schemas that a platform serves to browsers
   */
  public record Target(
      Map<String, Facts.Table> tables,
      long oldestTransactionMs,
      int replicas,
      int slots,
      int freeConnections,
      Set<String> exposed) {
    public Target {
      tables = Map.copyOf(tables);
      exposed = Set.copyOf(exposed);
    }

    /** For rules, with the speed that servers usually have. */
    public Facts judged(Duration budget) {
      return judged(budget, Facts.Rates.usual());
    }

    /** For rules. */
    public Facts judged(Duration budget, Facts.Rates rates) {
      return new Facts(tables, true, Facts.Table.EMPTY, rates, budget, exposed);
    }
  }

  /** Reads all of it in a few queries. */
  public Target read() throws SQLException {
    try (Statement statement = target.createStatement()) {
      Map<String, Facts.Table> tables = tables(statement);
      try (ResultSet row =
          statement.executeQuery(
              """
              select
                (select coalesce(max(extract(epoch from pg_catalog.clock_timestamp() - xact_start)), 0)
                  * 1000 from pg_catalog.pg_stat_activity
                  where pid <> pg_catalog.pg_backend_pid() and backend_type = 'client backend'),
                (select count(*) from pg_catalog.pg_stat_replication),
                (select count(*) from pg_catalog.pg_replication_slots),
                pg_catalog.current_setting('max_connections')::int
                  - pg_catalog.current_setting('superuser_reserved_connections')::int
                  - (select count(*) from pg_catalog.pg_stat_activity
                    where backend_type = 'client backend'),
                exists (select from pg_catalog.pg_roles where rolname = 'anon')
                  and exists (select from pg_catalog.pg_roles where rolname = 'authenticated')\
              """)) {
        row.next();
        return new Target(
            tables,
            Math.max(0, row.getLong(1)),
            row.getInt(2),
            row.getInt(3),
            Math.max(0, row.getInt(4)),
            row.getBoolean(5) ? Set.of("public") : Set.of());
      }
    }
  }

  private static Map<String, Facts.Table> tables(Statement statement) throws SQLException {
    Map<String, Facts.Table> tables = new HashMap<>();
    Map<String, String> parents = new HashMap<>();
    try (ResultSet row =
        statement.executeQuery(
            """
            select n.nspname, c.relname,
              case when s.n_live_tup > 0 and coalesce(s.last_analyze, s.last_autoanalyze,
                  s.last_vacuum, s.last_autovacuum) is not null
                then s.n_live_tup -- set by these, and counted since
              when c.reltuples > 0 and c.relpages > 0 and c.relkind <> 'p'
                then (c.reltuples / c.relpages * pg_catalog.pg_relation_size(c.oid)
                  / pg_catalog.current_setting('block_size')::int)::bigint
                else coalesce(s.n_live_tup, 0) end,
              case when c.relkind = 'p' then 0 else pg_catalog.pg_table_size(c.oid) end,
              case when c.relkind = 'p' then 0 else pg_catalog.pg_indexes_size(c.oid) end,
              coalesce((s.n_tup_ins + s.n_tup_upd + s.n_tup_del)
                / nullif(extract(epoch from pg_catalog.now() - d.stats_reset), 0), 0),
              p.nspname, q.relname, case when c.relkind = 'p' then 0 else pg_catalog.pg_relation_size(c.oid) end
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            left join pg_catalog.pg_stat_user_tables s on s.relid = c.oid
            left join pg_catalog.pg_stat_database d on d.datname = pg_catalog.current_database()
            left join pg_catalog.pg_inherits i on i.inhrelid = c.oid
            left join pg_catalog.pg_class q on q.oid = i.inhparent
            left join pg_catalog.pg_namespace p on p.oid = q.relnamespace
            where c.relkind in ('r', 'p', 'm') and n.nspname !~ '^pg_'
              and n.nspname <> 'information_schema'\
            """)) {
      while (row.next()) {
        String name = Names.qualified(row.getString(1), row.getString(2));
        long bytes = row.getLong(4);
        // A table that was never analysed has no count; its pages tell that it has rows.
        long rows = row.getLong(3) > 0 ? row.getLong(3) : row.getLong(9) / 200;
        tables.put(
            name, new Facts.Table(rows, bytes, row.getLong(9), row.getLong(5), row.getDouble(6)));
        if (row.getString(8) != null) {
          parents.put(name, Names.qualified(row.getString(7), row.getString(8)));
        }
      }
    }
    Map<String, Facts.Table> sums = new HashMap<>(tables);
    for (String leaf : parents.keySet()) {
      String parent = parents.get(leaf);
      while (parent != null) {
        sums.merge(parent, tables.getOrDefault(leaf, Facts.Table.EMPTY), TargetReader::sum);
        parent = parents.get(parent);
      }
    }
    return sums;
  }

  private static Facts.Table sum(Facts.Table one, Facts.Table other) {
    return new Facts.Table(
        one.rows() + other.rows(),
        one.bytes() + other.bytes(),
        one.heapBytes() + other.heapBytes(),
        one.indexBytes() + other.indexBytes(),
        one.writesPerSecond() + other.writesPerSecond());
  }

  /**
   * What the role may not do: names of tables of {@code touched} that are not its own.
   *
   * @param touched qualified names
   */
  public List<String> notOwned(Set<String> touched) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = target.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select n.nspname, c.relname from pg_catalog.pg_class c
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'm', 'v')
                  and not pg_catalog.pg_has_role(c.relowner, 'USAGE')\
                """)) {
      while (row.next()) {
        String name = Names.qualified(row.getString(1), row.getString(2));
        if (touched.contains(name)) {
          names.add(name);
        }
      }
    }
    names.sort(null);
    return names;
  }
}
