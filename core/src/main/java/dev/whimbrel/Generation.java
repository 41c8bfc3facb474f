package dev.whimbrel;

import dev.whimbrel.change.Change;
import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.diff.Differ;
import dev.whimbrel.diff.Difference;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.render.Renderer;
import dev.whimbrel.render.Script;
import dev.whimbrel.render.Situation;
import dev.whimbrel.render.Sql;
import dev.whimbrel.render.Summary;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.scratch.ScratchDatabase;
import dev.whimbrel.scratch.ScratchServer;
import dev.whimbrel.source.Loaded;
import dev.whimbrel.source.SchemaSource;
import dev.whimbrel.source.SourceLoader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Finds what turns one source's schema into another's, on scratch databases, and proves it there:
 * up gives the second, down the first, up again the second.
 */
final class Generation {
  private final SourceLoader loader;
  private final ScratchServer server;
  private final boolean online;
  private final Differ differ;
  private final Renderer renderer;
  private final Consumer<Event> events;

  Generation(SourceLoader loader, SchemaTools tools, boolean online, Consumer<Event> events) {
    this.events = events;
    this.loader = loader;
    this.online = online;
    server = loader.scratch().get();
    differ = new Differ(tools.diff().apply(server.major()));
    renderer = new Renderer(tools.render().apply(server.major()));
  }

  /**
   * A migration that has not been written.
   *
   * @param difference what is left after the renames
   * @param up empty when nothing changes
   * @param down the way back
   * @param old the schema before it
   * @param target the schema after it
   * @param tool what the models were read with; empty if nothing but the engine
   * @param beyond what the models lack and is kept
   */
  record Migration(
      Difference difference,
      Script up,
      Script down,
      Schema old,
      Schema target,
      String tool,
      List<FactId> beyond) {
    boolean isEmpty() {
      return up.steps().isEmpty();
    }

    String summary() {
      return Summary.of(up.changes());
    }
  }

  /** What turns {@code before} into {@code models}; nothing is proven yet. */
  Migration compare(SchemaSource before, SchemaSource models, List<String> renames) {
    Schema old = timed("revisions on scratch", () -> loader.load(before).schema());
    Loaded wanted = timed("models on scratch", () -> loader.load(models));
    Kept kept = Kept.of(old, wanted);
    Schema target = kept.schema();
    return compare(before, new Side(old, target, wanted.tool(), kept.beyond()), renames);
  }

  /** What turns one schema, that of {@code before}, into another; nothing is proven yet. */
  Migration compare(SchemaSource before, Side side, List<String> renames) {
    Schema old = side.old();
    Schema target = side.target();
    if (renames.isEmpty()) {
      return timed("comparison", () -> migration(differ.compare(old, target), List.of(), side));
    }
    try (ScratchDatabase database = fill(before, old);
        Connection connection = database.connect()) {
      List<Change.Rename> changes = new Renames(old, target).read(renames);
      run(connection, renderer.render(List.copyOf(changes), old, target, style(false)));
      Difference difference = differ.compare(read(connection), target);
      return migration(difference, changes, side);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** What is compared. */
  record Side(Schema old, Schema target, String tool, List<FactId> beyond) {
    static Side of(Schema old, Schema target) {
      return new Side(old, target, "", List.of());
    }
  }

  /** The schema that a source says. */
  Schema schema(SchemaSource source) {
    return loader.load(source).schema();
  }

  private <T> T timed(String part, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    events.accept(Event.Timed.since(part, start));
    return result;
  }

  private Migration migration(Difference difference, List<Change.Rename> renames, Side side) {
    Schema old = side.old();
    List<Change> up = new ArrayList<>(renames);
    up.addAll(difference.changes());
    Difference back = differ.compare(difference.to(), difference.from());
    List<Change> down = new ArrayList<>(back.changes());
    renames.reversed().forEach(rename -> down.add(rename.inverse()));
    return new Migration(
        difference,
        renderer.render(up, merged(old, difference.from()), difference.to(), style(false)),
        renderer.render(down, back.from(), merged(old, back.to()), style(true)),
        old,
        side.target(),
        side.tool(),
        side.beyond());
  }

  private Schema read(Connection connection) {
    return loader.introspector().introspect(connection, loader.options());
  }

  /** A scratch database with a source's schema; a live database's is made from what was read. */
  private ScratchDatabase fill(SchemaSource source, Schema schema) {
    if (!(source instanceof SchemaSource.Database)) {
      return loader.fill(source);
    }
    ScratchDatabase database = server.create();
    try (Connection connection = database.connect()) {
      Difference difference = differ.compare(read(connection), schema);
      run(
          connection,
          renderer.render(
              difference.changes(), difference.from(), difference.to(), Situation.Style.OFFLINE));
      return database;
    } catch (SQLException e) {
      database.close();
      throw failed(e);
    }
  }

  /** Both names of what is renamed, so that either can be looked up. */
  private static Schema merged(Schema old, Schema renamed) {
    if (old.equals(renamed)) {
      return renamed;
    }
    Schema.Builder builder = renamed.toBuilder();
    old.facts().stream().filter(fact -> !renamed.contains(fact.id())).forEach(builder::add);
    return builder.build();
  }

  private Situation.Style style(boolean restores) {
    return new Situation.Style(online, restores);
  }

  /** The statements that make a source's schema in an empty database. */
  String canonical(SchemaSource source) {
    return canonical(loader.load(source).schema());
  }

  /** The statements that make a schema in an empty database, in canonical order. */
  String canonical(Schema schema) {
    try (ScratchDatabase database = server.create();
        Connection connection = database.connect()) {
      Schema empty = read(connection);
      Difference difference = differ.compare(empty, schema);
      return renderer
          .render(difference.changes(), empty, difference.to(), Situation.Style.OFFLINE)
          .text();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Runs a migration up, down and up again where {@code before} has been, with rows in its tables
   * where that is easy.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_PROOF} with the statement that fails, or
   *     the difference that is left
   */
  void prove(SchemaSource before, Migration migration) {
    try (ScratchDatabase database = fill(before, migration.old());
        Connection connection = database.connect()) {
      long start = System.nanoTime();
      step("up", connection, migration.up(), migration.target());
      step("down", connection, migration.down(), migration.old());
      step("up again", connection, migration.up(), migration.target());
      events.accept(Event.Timed.since("proof", start));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void step(String name, Connection connection, Script script, Schema expected) {
    try {
      run(connection, script);
    } catch (StatementRefused e) {
      throw Problem.of(ErrorCode.E_PROOF, "generate.proof-statement")
          .with("step", name)
          .with("reason", e.reason())
          .statement(e.sql(), 0)
          .toException(e);
    }
    Difference left = differ.compare(read(connection), expected);
    if (!left.isEmpty()) {
      String text = renderer.render(left.changes(), left.from(), left.to(), style(false)).text();
      throw Problem.of(ErrorCode.E_PROOF, "generate.proof-difference")
          .with("step", name)
          .with("difference", text.strip().replace("\n", "\n  "))
          .toException();
    }
  }

  /** A statement that the server did not take. */
  static final class StatementRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String sql;

    StatementRefused(String sql, SQLException cause) {
      super(cause.getMessage(), cause);
      this.sql = sql;
    }

    String sql() {
      return sql;
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** Runs a script in the batches that applying a revision makes of it. */
  private static void run(Connection connection, Script script) {
    try {
      execute(connection, "set search_path = public");
      connection.setAutoCommit(false);
      try {
        for (Sql sql : script.statements()) {
          if (sql.alone()) {
            connection.commit();
            connection.setAutoCommit(true);
          }
          execute(connection, sql.text());
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
    } catch (SQLException e) {
      throw new StatementRefused("commit", e);
    }
  }

  private static void execute(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    } catch (SQLException e) {
      throw new StatementRefused(sql, e);
    }
  }

  private static RuntimeException failed(SQLException e) {
    return Problem.of(ErrorCode.E_SCRATCH, "generate.scratch")
        .with("reason", String.valueOf(e.getMessage()))
        .toException(e);
  }
}
