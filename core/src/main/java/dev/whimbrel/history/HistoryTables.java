package dev.whimbrel.history;

import dev.whimbrel.history.JournalEntry.Event;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the history and spells the SQL that changes it; immutable.
 *
 * <p>Everything that writes is plain text, so that a printed script and a run are the same, and
 * many statements travel in one message.
 */
public final class HistoryTables {
  private static final String ENVIRONMENT = "environment";
  private static final String LAYOUT = "layout";
  private static final String FILES = "files";

  /** Where {@code meta} keeps the canonical text of the schema that the last run left. */
  public static final String SCHEMA = "schema";

  private final HistoryLayout layout;
  private final String home;
  private final String revision;
  private final String insertion;
  private final String journal;
  private final String meta;

  public HistoryTables(HistoryLayout layout, String home) {
    this.layout = layout;
    this.home = home;
    this.revision = layout.table(home, "revision");
    this.insertion =
        "insert into "
            + revision
            + " (id, revises, depends, message, phase, checksum, chain, upgrade, downgrade,"
            + " applied_by, duration_ms, tool_version, commit_id) values (";
    this.journal = layout.table(home, "journal");
    this.meta = layout.table(home, "meta");
  }

  /** The schema, or prefix, of the tables. */
  public String home() {
    return home;
  }

  /** The statements that make the tables, their layout's version included. */
  public List<String> create() {
    List<String> statements = new ArrayList<>(layout.create(home));
    statements.add(setMeta(LAYOUT, Integer.toString(HistoryLayout.VERSION)));
    return statements;
  }

  /** The statements that bring tables of an older layout up to date. */
  public List<String> upgrade(int from) {
    List<String> statements = new ArrayList<>();
    for (int version = from; version < HistoryLayout.VERSION; version++) {
      statements.addAll(layout.upgrade(home, version));
    }
    statements.add(setMeta(LAYOUT, Integer.toString(HistoryLayout.VERSION)));
    return statements;
  }

  /**
   * What the gate's one query brings.
   *
   * @param settled the heads, where the files and the rows are those of {@link #settle}: nothing is
   *     to be done, and the history comes without its revisions; else null
   */
  public record Glance(History history, @Nullable List<String> settled) {}

  /**
   * What a database recorded.
   *
   * @throws SQLException also when the tables don't exist
   */
  public History read(Connection connection) throws SQLException {
    return glance(answer(connection, gateQuery())).history();
  }

  /**
   * The gate's one query: a row where the files and the rows of the history are those of {@link
   * #settle}, and none where {@link #gateQuery} has to be asked too. Empty where the engine has no
   * hash.
   *
   * @param files the fingerprint of the files
   */
  public String settledQuery(String files) {
    String digest = layout.digest(revision);
    return digest == null
        ? ""
        : "select 'f', value from "
            + meta
            + " where key = '"
            + FILES
            + "' and value like "
            + layout.literal(mark(files))
            + " || "
            + digest
            + " || ' %'";
  }

  /**
   * Asks {@link #settledQuery}, and {@link #gateQuery} where that is needed.
   *
   * @throws SQLException also when the tables don't exist
   */
  public Glance glance(Connection connection, String settledQuery) throws SQLException {
    List<List<String>> settled =
        settledQuery.isEmpty() ? List.of() : answer(connection, settledQuery);
    return glance(settled.isEmpty() ? answer(connection, gateQuery()) : settled);
  }

  private static List<List<String>> answer(Connection connection, String sql) throws SQLException {
    List<List<String>> answer = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
          row.add(rows.getString(i));
        }
        answer.add(row);
      }
    }
    return answer;
  }

  /** How a value of {@link #FILES} begins; another layout or other files don't match it. */
  private static String mark(String files) {
    return HistoryLayout.VERSION + " " + files + " ";
  }

  /**
   * Writes down that these files and the rows as they are now belong together, with nothing left to
   * do; nothing where the engine has no hash.
   */
  public List<String> settle(String files, List<String> heads) {
    String digest = layout.digest(revision);
    return digest == null
        ? List.of()
        : List.of(
            setMetaTo(
                FILES,
                layout.literal(mark(files))
                    + " || "
                    + digest
                    + " || "
                    + layout.literal(" " + String.join(",", heads))));
  }

  /** What the rows mean that {@link #settledQuery} or {@link #gateQuery} brings. */
  public Glance glance(List<List<String>> rows) {
    Map<String, AppliedRevision> revisions = new LinkedHashMap<>();
    List<Unfinished> unfinished = new ArrayList<>();
    int version = 0;
    String environment = "";
    List<String> settled = null;
    boolean remembered = false;
    for (List<String> row : rows) {
      switch (row.get(0)) {
        case "r" -> {
          AppliedRevision applied = applied(row);
          revisions.put(applied.id(), applied);
        }
        case "u" ->
            unfinished.add(
                new Unfinished(
                    row.get(1),
                    row.get(2).equals(Event.BEGIN_DOWN.word()),
                    row.get(3),
                    row.get(4)));
        case "f" -> {
          String value = row.get(1);
          settled = list(value.substring(value.lastIndexOf(' ') + 1));
        }
        default -> {
          switch (row.get(1)) {
            case LAYOUT -> version = Integer.parseInt(row.get(2));
            case SCHEMA -> remembered = true;
            default -> environment = row.get(2);
          }
        }
      }
    }
    return new Glance(
        new History(version, revisions, unfinished, environment, remembered), settled);
  }

  private static AppliedRevision applied(List<String> row) {
    return new AppliedRevision(
        row.get(1), list(row.get(2)), list(row.get(3)), row.get(4), row.get(5), row.get(6));
  }

  /** What the gate decides by. */
  public String gateQuery() {
    return "select 'r' as kind, id, revises, depends, phase, checksum, chain from "
        + revision
        + " union all select 'u', b.revision, b.event, b.run, "
        + layout.isoTime("b.at")
        + ", '', '' from "
        + journal
        + " b where b.event in ('begin', 'begin-down') and not exists (select 1 from "
        + journal
        + " e where e.revision = b.revision and e.seq > b.seq"
        + " and e.event in ('begin', 'begin-down', 'upgraded', 'downgraded', 'abandoned'))"
        + " union all select 'm', key, case key when 'schema' then '' else value end, '', '',"
        + " '', '' from "
        + meta
        + " where key in ('layout', 'environment', 'schema')";
  }

  /** What is recorded about one revision, null when it isn't applied. */
  public @Nullable HistoryRow row(Connection connection, String id) throws SQLException {
    List<HistoryRow> found = rows(connection, "where id = " + layout.literal(id));
    return found.isEmpty() ? null : found.get(0);
  }

  /** Everything that is recorded about all revisions, in the order they were applied. */
  public List<HistoryRow> rows(Connection connection) throws SQLException {
    return rows(connection, "");
  }

  private List<HistoryRow> rows(Connection connection, String where) throws SQLException {
    String sql =
        "select 'r', id, revises, depends, phase, checksum, chain, message, upgrade, downgrade, "
            + layout.isoTime("applied_at")
            + ", applied_by, duration_ms, tool_version, commit_id from "
            + revision
            + " "
            + where
            + " order by applied_at, id";
    List<HistoryRow> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(
            new HistoryRow(
                new AppliedRevision(
                    rows.getString(2),
                    list(rows.getString(3)),
                    list(rows.getString(4)),
                    rows.getString(5),
                    rows.getString(6),
                    rows.getString(7)),
                rows.getString(8),
                rows.getString(9),
                rows.getString(10),
                Instant.parse(rows.getString(11)),
                rows.getString(12),
                rows.getLong(13),
                rows.getString(14),
                rows.getString(15)));
      }
    }
    return found;
  }

  /** What the journal says about an unfinished revision since it was begun, in order. */
  public List<JournalEntry> journal(Connection connection, String id) throws SQLException {
    String sql =
        """
        select run, event, revision, statement, detail from %s j
        where revision = %s and seq >= (select max(seq) from %s b
          where b.revision = j.revision and b.event in ('begin', 'begin-down'))
        order by seq\
        """
            .formatted(journal, layout.literal(id), journal);
    List<JournalEntry> entries = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        entries.add(
            new JournalEntry(
                rows.getString(1),
                Event.of(rows.getString(2)),
                rows.getString(3),
                rows.getInt(4),
                rows.getString(5)));
      }
    }
    return entries;
  }

  /** A value of {@code meta}, null when it has none. */
  public @Nullable String meta(Connection connection, String key) throws SQLException {
    String sql = "select value from " + meta + " where key = " + layout.literal(key);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /** Writes down that a revision is applied. */
  public String insert(HistoryRow row) {
    AppliedRevision applied = row.revision();
    String by = row.appliedBy();
    String downgrade = row.downgrade();
    String values =
        String.join(
            ", ",
            layout.literal(applied.id()),
            layout.literal(String.join(",", applied.revises())),
            layout.literal(String.join(",", applied.depends())),
            layout.literal(row.message()),
            layout.literal(applied.phase()),
            layout.literal(applied.checksum()),
            layout.literal(applied.chain()),
            layout.literal(row.upgrade()),
            downgrade == null ? "null" : layout.literal(downgrade),
            by.isEmpty() ? layout.currentUser() : layout.literal(by),
            row.durationMs() < 0 ? layout.elapsed() : Long.toString(row.durationMs()),
            layout.literal(row.toolVersion()),
            layout.literal(row.commit()));
    return String.join("", insertion, values, ")");
  }

  /** Writes down that a revision was applied, for a repeatable one in place of its last run. */
  public List<String> record(HistoryRow row) {
    return row.revision().isRepeatable()
        ? List.of(delete(row.revision().id()), insert(row))
        : List.of(insert(row));
  }

  /** Forgets that a revision is applied. */
  public String delete(String id) {
    return "delete from " + revision + " where id = " + layout.literal(id);
  }

  /** Forgets all revisions. */
  public String deleteAll() {
    return "delete from " + revision;
  }

  /** Adds to the journal. */
  public String insert(JournalEntry entry) {
    return "insert into "
        + journal
        + " (run, event, revision, statement, detail) values ("
        + String.join(
            ", ",
            layout.literal(entry.run()),
            layout.literal(entry.event().word()),
            layout.literal(entry.revision()),
            Integer.toString(entry.statement()),
            layout.literal(entry.detail()))
        + ")";
  }

  /** Labels the database with its environment. */
  public String label(String environment) {
    return setMeta(ENVIRONMENT, environment);
  }

  /** Sets a value of {@code meta}. */
  public String setMeta(String key, String value) {
    return setMetaTo(key, layout.literal(value));
  }

  private String setMetaTo(String key, String expression) {
    return "insert into "
        + meta
        + " (key, value) values ("
        + layout.literal(key)
        + ", "
        + expression
        + ") on conflict (key) do update set value = excluded.value";
  }

  /**
   * Forgets what the last run left: said before a run changes anything, so that one that is cut off
   * leaves no word that all is well.
   */
  public String forget() {
    return "delete from " + meta + " where key in ('" + SCHEMA + "', '" + FILES + "')";
  }

  /** Forgets a value of {@code meta}. */
  public String deleteMeta(String key) {
    return "delete from " + meta + " where key = " + layout.literal(key);
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(","));
  }
}
