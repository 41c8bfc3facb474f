package dev.whimbrel.testkit;

import dev.whimbrel.dialect.postgresql.PostgresqlDiff;
import dev.whimbrel.dialect.postgresql.PostgresqlIntrospector;
import dev.whimbrel.dialect.postgresql.PostgresqlRender;
import dev.whimbrel.diff.Differ;
import dev.whimbrel.diff.Difference;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.render.Renderer;
import dev.whimbrel.render.Script;
import dev.whimbrel.render.Situation;
import dev.whimbrel.render.Sql;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a live PostgreSQL database from one schema to another and back, as a revision would.
 *
 * <p>A failing step throws; what it compared is in the exception.
 */
public final class RoundTrip {
  private final int major;
  private final Differ differ;
  private final IntrospectOptions options;

  /**
   * A round trip on a server.
   *
   * @param major the server's version
   */
  public RoundTrip(int major) {
    this.major = major;
    differ = new Differ(new PostgresqlDiff(major));
    options = IntrospectOptions.defaults();
  }

  /** What a step of a round trip left. */
  public static final class Mismatch extends Exception {
    private static final long serialVersionUID = 1;

    public Mismatch(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Runs the statements of a file one by one, as psql does; rows of COPY are left out. */
  public static void load(Connection connection, String sql) throws SQLException {
    for (var statement : new Splitter(Lexis.postgresql()).split("", sql)) {
      if (statement.data() == null) {
        execute(connection, statement.text());
      }
    }
  }

  public Schema read(Connection connection) {
    return new PostgresqlIntrospector().introspect(connection, options);
  }

  public Difference compare(Schema from, Schema to) {
    return differ.compare(from, to);
  }

  /** The script of a difference. */
  public Script script(Difference difference, Situation.Style style) {
    return new Renderer(new PostgresqlRender(major))
        .render(difference.changes(), difference.from(), difference.to(), style);
  }

  /**
   * Takes the database to a schema and proves that it arrived.
   *
   * @return what was run
   * @throws Mismatch if a statement fails or a difference is left
   */
  public Script go(Connection connection, Schema to, Situation.Style style)
      throws Mismatch, SQLException {
    Script script = script(compare(read(connection), to), style);
    apply(connection, script);
    Difference left = compare(read(connection), to);
    if (!left.isEmpty()) {
      throw new Mismatch(
          "left over:\n" + script(left, style).text() + "after:\n" + script.text(), null);
    }
    return script;
  }

  /** Runs a script in the batches that applying a revision makes of it. */
  public static void apply(Connection connection, Script script) throws Mismatch, SQLException {
    execute(connection, "set search_path = public");
    connection.setAutoCommit(false);
    try {
      for (Sql sql : script.statements()) {
        if (sql.alone()) {
          connection.commit();
          connection.setAutoCommit(true);
        }
        run(connection, sql, script);
        if (sql.alone()) {
          connection.setAutoCommit(false);
        }
      }
      connection.commit();
    } finally {
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private static void run(Connection connection, Sql sql, Script script) throws Mismatch {
    try {
      execute(connection, sql.text());
    } catch (SQLException e) {
      throw new Mismatch(e.getMessage() + "\nin: " + sql.text() + "\nof:\n" + script.text(), e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /** The statements of a script, each on its own with its semicolon. */
  public static List<String> statements(Script script) {
    return script.statements().stream().map(sql -> sql.text() + ";").toList();
  }
}
