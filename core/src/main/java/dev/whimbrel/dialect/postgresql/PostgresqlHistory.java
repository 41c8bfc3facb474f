package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.history.HistoryLayout;
import java.util.List;

/** Keeps the history in a schema of its own, which nobody else may use. */
final class PostgresqlHistory implements HistoryLayout {
  @Override
  public String table(String home, String name) {
    return quoted(home) + "." + name;
  }

  @Override
  public List<String> create(String home) {
    return List.of(
        "create schema if not exists " + quoted(home),
        "revoke all on schema " + quoted(home) + " from public",
        """
        create table %s (
          id text primary key,
          revises text not null,
          depends text not null,
          message text not null,
          phase text not null,
          checksum text not null,
          chain text not null,
          upgrade text not null,
          downgrade text,
          applied_at timestamptz not null default clock_timestamp(),
          applied_by text not null,
          duration_ms bigint not null,
          tool_version text not null,
          commit_id text not null
        )\
        """
            .formatted(table(home, "revision")),
        """
        create table %s (
          seq bigint generated always as identity primary key,
          run text not null,
          at timestamptz not null default clock_timestamp(),
          event text not null,
          revision text not null,
          statement integer not null,
          detail text not null
        )\
        """
            .formatted(table(home, "journal")),
        "create index journal_revision on " + table(home, "journal") + " (revision, seq)",
        "create index journal_begin on "
            + table(home, "journal")
            + " (revision) where event in ('begin', 'begin-down')",
        "create table " + table(home, "meta") + " (key text primary key, value text not null)");
  }

  @Override
  public List<String> upgrade(String home, int from) {
    throw new IllegalArgumentException("there is no layout " + from + " to come from");
  }

  @Override
  public String isoTime(String column) {
    return "to_char(" + column + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
  }

  @Override
  public String currentUser() {
    return "session_user";
  }

  @Override
  public String elapsed() {
    return "(extract(epoch from clock_timestamp() - transaction_timestamp()) * 1000)::bigint";
  }

  @Override
  public String digest(String table) {
    return "(select count(*) || '-' || coalesce(sum(hashtextextended(concat_ws(' ', id, revises,"
        + " depends, phase, checksum, chain), 0)), 0) from "
        + table
        + ")";
  }

  @Override
  public String literal(String text) {
    return literalOf(text);
  }

  /** A literal that means the same under both settings of {@code standard_conforming_strings}. */
  static String literalOf(String text) {
    String doubled = text.replace("'", "''");
    return text.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : " E'" + doubled.replace("\\", "\\\\") + "'";
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
