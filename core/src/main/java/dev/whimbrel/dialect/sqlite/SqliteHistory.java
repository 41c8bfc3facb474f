package dev.whimbrel.dialect.sqlite;

import dev.whimbrel.history.HistoryLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the history in tables with a common prefix; times are text. */
final class SqliteHistory implements HistoryLayout {
  private static final String NOW = "(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))";

  @Override
  public String table(String home, String name) {
    return quoted(home + "_" + name);
  }

  @Override
  public List<String> create(String home) {
    return List.of(
        """
        create table %s (
          id text primary key not null,
          revises text not null,
          depends text not null,
          message text not null,
          phase text not null,
          checksum text not null,
          chain text not null,
          upgrade text not null,
          downgrade text,
          applied_at text not null default %s,
          applied_by text not null,
          duration_ms integer not null,
          tool_version text not null,
          commit_id text not null
        )\
        """
            .formatted(table(home, "revision"), NOW),
        """
        create table %s (
          seq integer primary key autoincrement,
          run text not null,
          at text not null default %s,
          event text not null,
          revision text not null,
          statement integer not null,
          detail text not null
        )\
        """
            .formatted(table(home, "journal"), NOW),
        "create index "
            + quoted(home + "_journal_revision")
            + " on "
            + table(home, "journal")
            + " (revision, seq)",
        "create table "
            + table(home, "meta")
            + " (key text primary key not null, value text not null)");
  }

  @Override
  public List<String> upgrade(String home, int from) {
    throw new IllegalArgumentException("there is no layout " + from + " to come from");
  }

  @Override
  public String isoTime(String column) {
    return column;
  }

  @Override
  public String currentUser() {
    return "''";
  }

  @Override
  public String elapsed() {
    return "0";
  }

  @Override
  public @Nullable String digest(String table) {
    return null;
  }

  @Override
  public String literal(String text) {
    return literalOf(text);
  }

  static String literalOf(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
