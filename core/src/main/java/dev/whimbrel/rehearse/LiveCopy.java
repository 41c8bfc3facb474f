package dev.whimbrel.rehearse;

import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.diff.Differ;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.hazard.Names;
import dev.whimbrel.history.HistoryRow;
import dev.whimbrel.history.HistoryTables;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.render.Renderer;
import dev.whimbrel.render.Situation;
import dev.whimbrel.render.Sql;
import dev.whimbrel.schema.CanonicalText;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.scratch.ScratchDatabase;
import dev.whimbrel.scratch.ScratchServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A target's live schema and history, without its rows, for scratch databases.
 *
 * <p>Owners and grants stay behind. A scratch server of our own gets the names of the target's
 * roles, which policies and pending grants need. What it cannot hold, such as an extension that it
 * lacks, is left out and told.
 */
public final class LiveCopy {
  private static final int AT_ONCE = 200;
  private static final int SHOWN = 80;

  private final SchemaTools tools;
  private final IntrospectOptions options;
  private final @Nullable Schema live;
  private final HistoryTables history;
  private final List<HistoryRow> rows;
  private final Map<String, String> settings;
  private final List<String> roles;

  private LiveCopy(
      SchemaTools tools,
      IntrospectOptions options,
      @Nullable Schema live,
      HistoryTables history,
      List<HistoryRow> rows,
      Map<String, String> settings,
      List<String> roles) {
    this.tools = tools;
    this.options = options;
    this.live = live;
    this.history = history;
    this.rows = List.copyOf(rows);
    this.settings = Map.copyOf(settings);
    this.roles = List.copyOf(roles);
  }

  /**
   * Reads a target; nothing is written to it.
   *
   * @param tracked whether it has a history
   */
  public static LiveCopy of(
      Connection target, SchemaTools tools, HistoryTables history, boolean tracked)
      throws SQLException {
    IntrospectOptions options =
        IntrospectOptions.defaults().withGrants(false).withHistorySchema(history.home());
    Schema schema = tools.introspector().introspect(target, options);
    return new LiveCopy(
        tools,
        options,
        schema,
        history,
        tracked ? history.rows(target) : List.of(),
        settings(target),
        roles(target));
  }

  private static List<String> roles(Connection target) throws SQLException {
    List<String> roles = new ArrayList<>();
    try (Statement statement = target.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select rolname from pg_catalog.pg_roles where rolname !~ '^pg_' order by 1")) {
      while (row.next()) {
        roles.add(row.getString(1));
      }
    }
    return roles;
  }

  /** What the target's database or role sets for each session, such as the search path. */
  private static Map<String, String> settings(Connection target) throws SQLException {
    Map<String, String> settings = new HashMap<>();
    try (Statement statement = target.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select name, pg_catalog.current_setting(name) from pg_catalog.pg_settings
                where source in ('database', 'user', 'database user')
                  and context in ('user', 'superuser')\
                """)) {
      while (row.next()) {
        settings.put(row.getString(1), row.getString(2));
      }
    }
    return settings;
  }

  /** A schema that was read elsewhere, with a history of its own. */
  public static LiveCopy of(Schema schema, SchemaTools tools, HistoryTables history) {
    IntrospectOptions options =
        IntrospectOptions.defaults().withGrants(false).withHistorySchema(history.home());
    return new LiveCopy(tools, options, schema, history, List.of(), Map.of(), List.of());
  }

  /** An empty database, with a history of its own. */
  public static LiveCopy nothing(SchemaTools tools, HistoryTables history) {
    IntrospectOptions options =
        IntrospectOptions.defaults().withGrants(false).withHistorySchema(history.home());
    return new LiveCopy(tools, options, null, history, List.of(), Map.of(), List.of());
  }

  /** A scratch database with it, from a template when there is one. */
  ScratchDatabase create(ScratchServer server) {
    server.lend(roles);
    return server.create(checksum(server.major()), connection -> fill(server, connection));
  }

  /** A session on a scratch database with the target's settings; in auto-commit. */
  Connection connect(ScratchDatabase database) throws SQLException {
    Connection connection = database.connect();
    settings.forEach((name, value) -> {
      try (PreparedStatement setting =
          connection.prepareStatement("select pg_catalog.set_config(?, ?, false)")) {
        setting.setString(1, name);
        setting.setString(2, value);
        setting.execute();
      } catch (SQLException e) {
        // The scratch server does not know it, or the role may not: it goes on without.
        return;
      }
    });
    return connection;
  }

  /** What a scratch database contains. */
  Schema schemaOf(ScratchDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return tools.introspector().introspect(connection, options);
    }
  }

  private void fill(ScratchServer server, Connection connection) throws SQLException {
    List<Sql> statements = live == null ? List.of() : script(server, connection, live);
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      Map<String, String> failed = runAll(statement, statements);
      for (String sql : history.create()) {
        statement.execute(sql);
      }
      for (HistoryRow row : rows) {
        statement.execute(history.insert(row));
      }
      statement.execute("create table " + leftOutTable() + " (what text)");
      try (PreparedStatement insert =
          connection.prepareStatement("insert into " + leftOutTable() + " values (?)")) {
        for (Map.Entry<String, String> each : failed.entrySet()) {
          insert.setString(1, shortened(each.getKey()) + ": " + each.getValue());
          insert.execute();
        }
      }
    }
  }

  private String leftOutTable() {
    return Names.qualified(history.home(), "left_out");
  }

  /** What of the target the scratch server cannot hold, with its reasons. */
  List<String> leftOut(ScratchDatabase database) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select what from " + leftOutTable())) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  /**
   * Runs what can be run. A scratch server may lack the target's extensions and roles; what needs
   * them is left out, and so is what needs that.
   *
   * @return what failed, with the server's reasons
   */
  private static Map<String, String> runAll(Statement statement, List<Sql> statements)
      throws SQLException {
    Map<String, String> failed = new LinkedHashMap<>();
    for (int from = 0; from < statements.size(); from += AT_ONCE) {
      List<Sql> some = statements.subList(from, Math.min(from + AT_ONCE, statements.size()));
      if (!runTogether(statement, some)) {
        some.forEach(sql -> runOne(statement, sql, failed));
      }
    }
    if (!failed.isEmpty() && failed.size() == statements.size()) {
      Map.Entry<String, String> first = failed.entrySet().iterator().next();
      throw Problem.of(ErrorCode.E_SCRATCH, "rehearse.copy")
          .with("reason", first.getValue())
          .statement(first.getKey(), 0)
          .toException();
    }
    return failed;
  }

  /** Many statements in one round trip and one transaction; false when that failed as a whole. */
  private static boolean runTogether(Statement statement, List<Sql> statements)
      throws SQLException {
    Connection connection = statement.getConnection();
    connection.setAutoCommit(false);
    try {
      statement.execute(statements.stream().map(Sql::text).collect(Collectors.joining(";\n")));
      connection.commit();
      return true;
    } catch (SQLException e) {
      connection.rollback();
      return false;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static void runOne(Statement statement, Sql sql, Map<String, String> failed) {
    try {
      statement.execute(sql.text());
    } catch (SQLException e) {
      failed.put(
          sql.text(),
          String.valueOf(e.getMessage()).lines().findFirst().orElse("").replace("ERROR: ", ""));
    }
  }

  private static String shortened(String sql) {
    String line = sql.strip().replaceAll("\\s+", " ");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }

  private List<Sql> script(ScratchServer server, Connection connection, Schema schema) {
    Schema nothing = tools.introspector().introspect(connection, options);
    return new Renderer(tools.render().apply(server.major()))
        .render(
            new Differ(tools.diff().apply(server.major())).compare(nothing, schema).changes(),
            nothing,
            schema,
            Situation.Style.OFFLINE)
        .statements();
  }

  private String checksum(int major) {
    StringBuilder text = new StringBuilder("live 3 " + major + "\n");
    text.append(live == null ? "" : CanonicalText.of(live))
        .append('\n')
        .append(history.home())
        .append('\n');
    rows.forEach(row ->
        text.append(row.revision().id())
            .append(' ')
            .append(row.revision().checksum())
            .append('\n'));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
