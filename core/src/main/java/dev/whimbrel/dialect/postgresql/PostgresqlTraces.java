package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.Trace;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who changed objects, and when: from the log that an event trigger writes into {@code
 * whimbrel.ddl}, where there is one, else from the time of the commit, where the server keeps it,
 * and from the owner.
 */
final class PostgresqlTraces {
  /** How much of the log is looked at. */
  private static final int MOST = 5000;

  private static final String OBJECT =
      """
      select pg_get_userbyid(owner), %s from (
        select c.relowner as owner, c.xmin as version from pg_class c
        join pg_namespace n on n.oid = c.relnamespace where n.nspname = ? and c.relname = ?
        union all
        select p.proowner, p.xmin from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace where n.nspname = ? and p.proname = ?
        union all
        select t.typowner, t.xmin from pg_type t
        join pg_namespace n on n.oid = t.typnamespace where n.nspname = ? and t.typname = ?
      ) found limit 1\
      """;
  private static final String COLUMN =
      """
      select pg_get_userbyid(c.relowner), %s from (select xmin as version, * from pg_attribute) a
      join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ? and c.relname = ? and a.attname = ?\
      """;
  private static final String CONSTRAINT =
      """
      select pg_get_userbyid(c.relowner), %s from (select xmin as version, * from pg_constraint) k
      join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ? and c.relname = ? and k.conname = ?\
      """;

  private final Connection connection;
  private final String home;

  PostgresqlTraces(Connection connection, String home) {
    this.connection = connection;
    this.home = home;
  }

  /** A line of the log. */
  private record Entry(List<String> names, Trace trace) {}

  Map<FactId, Trace> of(Collection<FactId> facts) throws SQLException {
    List<Entry> log = log();
    String time = keepsTimes() ? "pg_xact_commit_timestamp(version)" : "null::timestamptz";
    Map<FactId, Trace> found = new HashMap<>();
    for (FactId fact : facts) {
      List<String> path = fact.kind().isAttached() ? fact.target().path() : fact.path();
      Trace live = live(fact, path, time);
      Trace logged = best(log, path);
      if (logged != null) {
        found.put(
            fact,
            new Trace(
                logged.by(),
                live == null ? "" : live.owner(),
                logged.at(),
                logged.application(),
                logged.command()));
      } else if (live != null) {
        found.put(fact, live);
      }
    }
    return found;
  }

  private boolean keepsTimes() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select coalesce(current_setting('track_commit_timestamp', true), 'off')")) {
      return row.next() && row.getString(1).equals("on");
    }
  }

  /** What changes were logged, the newest first; not those of our own runs. */
  private List<Entry> log() throws SQLException {
    String table = PostgresqlNames.quote(home) + ".ddl";
    String exists =
        "select has_table_privilege(c, 'select') from to_regclass(%s) c where c is not null"
            .formatted(PostgresqlNames.literal(table));
    List<Entry> entries = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(exists)) {
        if (!row.next() || !row.getBoolean(1)) {
          return entries;
        }
      }
      try (ResultSet rows =
          statement.executeQuery(
              "select names, by, at, application, command from %s where application not like 'whimbrel %%' order by at desc limit %d"
                  .formatted(table, MOST))) {
        while (rows.next()) {
          Array names = rows.getArray(1);
          entries.add(
              new Entry(
                  List.of((String[]) names.getArray()),
                  new Trace(text(rows, 2), "", instant(rows, 3), text(rows, 4), text(rows, 5))));
        }
      }
    }
    return entries;
  }

  /** The newest of those that fit best. */
  private static @Nullable Trace best(List<Entry> log, List<String> path) {
    int best = 0;
    Trace found = null;
    for (Entry entry : log) {
      int fit = fit(entry.names(), path);
      if (fit > best) {
        best = fit;
        found = entry.trace();
      }
    }
    return found;
  }

  /** 3 for the thing itself, 2 for one of its name in its schema, 1 for what it belongs to. */
  private static int fit(List<String> names, List<String> path) {
    if (names.equals(path) || String.join(".", names).equals(String.join(".", path))) {
      return 3;
    }
    if (names.size() < 2 || path.size() < 2 || !names.getFirst().equals(path.getFirst())) {
      return 0;
    }
    if (names.getLast().equals(path.getLast()) || path.get(1).equals(names.getLast())) {
      return names.size() == 2 && path.get(1).equals(names.get(1)) && path.size() > 2 ? 1 : 2;
    }
    return 0;
  }

  private @Nullable Trace live(FactId fact, List<String> path, String time) throws SQLException {
    return switch (path.size()) {
      case 0, 1 -> null;
      case 2 -> row(OBJECT, time, path.get(0), path.get(1), 3);
      default -> {
        Trace own =
            switch (fact.kind()) {
              case COLUMN, COLUMN_DEFAULT, COLUMN_SETTING, IDENTITY, NOT_NULL ->
                  row(COLUMN, time, path);
              case PRIMARY_KEY, UNIQUE, CHECK, EXCLUSION, FOREIGN_KEY ->
                  row(CONSTRAINT, time, path);
              default -> row(OBJECT, time, path.get(0), path.getLast(), 3);
            };
        yield own != null || fact.kind() == Kind.INDEX
            ? own
            : row(OBJECT, "null::timestamptz", path.get(0), path.get(1), 3);
      }
    };
  }

  private @Nullable Trace row(String sql, String time, List<String> path) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql.formatted(time))) {
      for (int i = 0; i < 3; i++) {
        query.setString(i + 1, path.get(i));
      }
      return read(query);
    }
  }

  private @Nullable Trace row(String sql, String time, String schema, String name, int times)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql.formatted(time))) {
      for (int i = 0; i < times; i++) {
        query.setString(2 * i + 1, schema);
        query.setString(2 * i + 2, name);
      }
      return read(query);
    }
  }

  private static @Nullable Trace read(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? new Trace("", text(row, 1), instant(row, 2), "", "") : null;
    }
  }

  private static String text(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
