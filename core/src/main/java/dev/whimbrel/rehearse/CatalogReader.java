package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a {@link Catalog}.
 *
 * <p>It takes no lock on a user's relation, so it may run between the statements of a migration.
 */
final class CatalogReader {
  /** Schemas that are not the users'; {@code whimbrel} holds the history. */
  private static final String USERS =
      " n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'whimbrel')";

  private final Connection connection;

  CatalogReader(Connection connection) {
    this.connection = connection;
  }

  Catalog read() throws SQLException {
    Map<Long, Map<Integer, Catalog.Column>> columns = columns();
    return new Catalog(
        schemas(),
        relations(columns),
        constraints(),
        indexes(),
        triggers(),
        types(),
        functions(),
        policies());
  }

  private Map<Long, String> schemas() throws SQLException {
    Map<Long, String> found = new HashMap<>();
    each(
        "select n.oid, n.nspname from pg_catalog.pg_namespace n where" + USERS,
        row -> found.put(row.getLong(1), row.getString(2)));
    return found;
  }

  private Map<Long, Map<Integer, Catalog.Column>> columns() throws SQLException {
    Map<Long, Map<Integer, Catalog.Column>> found = new HashMap<>();
    each(
        """
        select a.attrelid, a.attnum, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
          a.attnotnull, coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), ''),
          a.attidentity, a.attgenerated,
          case when a.attcollation <> t.typcollation then l.collname else '' end
        from pg_catalog.pg_attribute a
        join pg_catalog.pg_class c on c.oid = a.attrelid
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        join pg_catalog.pg_type t on t.oid = a.atttypid
        left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        left join pg_catalog.pg_collation l on l.oid = a.attcollation
        where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
          and
        """
            + USERS,
        row ->
            found
                .computeIfAbsent(row.getLong(1), oid -> new HashMap<>())
                .put(
                    row.getInt(2),
                    new Catalog.Column(
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getBoolean(5),
                        row.getString(6),
                        letter(row, 7),
                        letter(row, 8),
                        row.getString(9))));
    return found;
  }

  private Map<Long, Catalog.Relation> relations(Map<Long, Map<Integer, Catalog.Column>> columns)
      throws SQLException {
    Map<Long, Catalog.Relation> found = new HashMap<>();
    each(
        """
        select c.oid, n.nspname, c.relname, c.relkind, c.relpersistence,
          coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
          coalesce((select min(i.inhparent::bigint) from pg_catalog.pg_inherits i
            where i.inhrelid = c.oid), 0),
          c.relrowsecurity, coalesce(c.relacl::text, ''), coalesce(c.reloptions::text, ''),
          case when c.relispartition and c.relkind in ('r', 'p')
            then pg_catalog.pg_get_partition_constraintdef(c.oid) end
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'i', 'I') and
        """
            + USERS,
        row ->
            found.put(
                row.getLong(1),
                new Catalog.Relation(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    letter(row, 4),
                    letter(row, 5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getBoolean(8),
                    row.getString(9),
                    row.getString(10),
                    row.getString(11) == null ? "" : row.getString(11),
                    columns.getOrDefault(row.getLong(1), Map.of()))));
    return found;
  }

  private Map<Long, Catalog.Constraint> constraints() throws SQLException {
    Map<Long, Catalog.Constraint> found = new HashMap<>();
    each(
        """
        select o.oid, o.conrelid, o.contypid, o.conname, o.contype, o.convalidated, o.conkey,
          o.confrelid, o.confkey, o.conindid, o.conparentid,
          pg_catalog.pg_get_constraintdef(o.oid)
        from pg_catalog.pg_constraint o
        join pg_catalog.pg_namespace n on n.oid = o.connamespace
        where o.contype in ('p', 'u', 'f', 'c', 'x') and
        """
            + USERS,
        row ->
            found.put(
                row.getLong(1),
                new Catalog.Constraint(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getString(4),
                    letter(row, 5),
                    row.getBoolean(6),
                    numbers(row, 7),
                    row.getLong(8),
                    numbers(row, 9),
                    row.getLong(10),
                    row.getLong(11),
                    row.getString(12))));
    return found;
  }

  private Map<Long, Catalog.Index> indexes() throws SQLException {
    Map<Long, Catalog.Index> found = new HashMap<>();
    each(
        """
        select i.indexrelid, i.indrelid, i.indisunique, i.indisprimary, i.indisvalid,
          array(select i.indkey[k] from generate_series(0, i.indnkeyatts - 1) k),
          i.indpred is not null, m.amname, pg_catalog.pg_get_indexdef(i.indexrelid)
        from pg_catalog.pg_index i
        join pg_catalog.pg_class c on c.oid = i.indexrelid
        join pg_catalog.pg_am m on m.oid = c.relam
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where
        """
            + USERS,
        row ->
            found.put(
                row.getLong(1),
                new Catalog.Index(
                    row.getLong(1),
                    row.getLong(2),
                    row.getBoolean(3),
                    row.getBoolean(4),
                    row.getBoolean(5),
                    numbers(row, 6),
                    row.getBoolean(7),
                    row.getString(8),
                    row.getString(9))));
    return found;
  }

  private Map<Long, Catalog.Trigger> triggers() throws SQLException {
    Map<Long, Catalog.Trigger> found = new HashMap<>();
    each(
        """
        select t.oid, t.tgrelid, t.tgname, t.tgenabled
        from pg_catalog.pg_trigger t
        join pg_catalog.pg_class c on c.oid = t.tgrelid
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where not t.tgisinternal and
        """
            + USERS,
        row ->
            found.put(
                row.getLong(1),
                new Catalog.Trigger(
                    row.getLong(1), row.getLong(2), row.getString(3), letter(row, 4))));
    return found;
  }

  private Map<Long, Catalog.Type> types() throws SQLException {
    Map<Long, Catalog.Type> found = new HashMap<>();
    each(
        """
        select t.oid, n.nspname, t.typname, t.typtype,
          case when t.typtype = 'c'
            then array(select a.attname::text from pg_catalog.pg_attribute a
              where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
              order by a.attnum)
            else array(select e.enumlabel::text from pg_catalog.pg_enum e
              where e.enumtypid = t.oid order by e.enumsortorder) end
        from pg_catalog.pg_type t
        join pg_catalog.pg_namespace n on n.oid = t.typnamespace
        left join pg_catalog.pg_class r on r.oid = t.typrelid
        where (t.typtype in ('e', 'd') or t.typtype = 'c' and r.relkind = 'c') and
        """
            + USERS,
        row ->
            found.put(
                row.getLong(1),
                new Catalog.Type(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    letter(row, 4),
                    texts(row, 5))));
    return found;
  }

  private Map<Long, Catalog.Function> functions() throws SQLException {
    Map<Long, Catalog.Function> found = new HashMap<>();
    each(
        """
        select p.oid, n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid),
          coalesce(pg_catalog.pg_get_function_result(p.oid), ''), p.prosecdef,
          coalesce(p.proconfig::text, '')
        from pg_catalog.pg_proc p
        join pg_catalog.pg_namespace n on n.oid = p.pronamespace
        where not exists (select from pg_catalog.pg_depend x
            where x.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and x.objid = p.oid
              and x.deptype = 'e') and
        """
            + USERS,
        row ->
            found.put(
                row.getLong(1),
                new Catalog.Function(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getBoolean(6),
                    row.getString(7))));
    return found;
  }

  private Map<Long, Catalog.Policy> policies() throws SQLException {
    Map<Long, Catalog.Policy> found = new HashMap<>();
    each(
        """
        select p.oid, p.polrelid, p.polname, p.polcmd,
          concat_ws(' ', pg_catalog.pg_get_expr(p.polqual, p.polrelid),
            pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
        from pg_catalog.pg_policy p
        join pg_catalog.pg_class c on c.oid = p.polrelid
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where
        """
            + USERS,
        row ->
            found.put(
                row.getLong(1),
                new Catalog.Policy(
                    row.getLong(1),
                    row.getLong(2),
                    row.getString(3),
                    letter(row, 4),
                    row.getString(5))));
    return found;
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void each(String sql, RowReader reader) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  private static char letter(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    return text == null || text.isEmpty() ? ' ' : text.charAt(0);
  }

  private static List<Integer> numbers(ResultSet row, int column) throws SQLException {
    List<Integer> numbers = new ArrayList<>();
    Array array = row.getArray(column);
    if (array != null) {
      for (Object number : (Object[]) array.getArray()) {
        numbers.add(((Number) number).intValue());
      }
    }
    return numbers;
  }

  private static List<String> texts(ResultSet row, int column) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (Object text : (Object[]) row.getArray(column).getArray()) {
      texts.add(text.toString());
    }
    return texts;
  }
}
