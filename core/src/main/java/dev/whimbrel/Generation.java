package dev.whimbrel;

import dev.whimbrel.change.Change;
import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.diff.Differ;
import dev.whimbrel.diff.Difference;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.render.RenderStrategy;
import dev.whimbrel.render.Renderer;
import dev.whimbrel.render.Script;
import dev.whimbrel.render.Situation;
import dev.whimbrel.render.Sql;
import dev.whimbrel.render.Summary;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.scratch.ScratchDatabase;
import dev.whimbrel.scratch.ScratchServer;
import dev.whimbrel.source.SchemaSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what turns one source's schema into another's, on scratch databases, and proves it there:
 * up gives the second, down the first, up again the second.
 */
final class Generation {
  private final ScratchServer server;
  private final SchemaTools tools;
  private final IntrospectOptions options;
  private final boolean online;
  private final Differ differ;
  private final Renderer renderer;

  Generation(ScratchServer server, SchemaTools tools, IntrospectOptions options, boolean online) {
    this.server = server;
    this.tools = tools;
    this.options = options;
    this.online = online;
    differ = new Differ(tools.diff());
    RenderStrategy strategy = tools.render().apply(server.major());
    renderer = new Renderer(strategy);
  }

  /**
   * A migration that has not been written.
   *
   * @param difference what is left after the renames
   * @param up empty when nothing changes
   * @param down the way back
   * @param target the schema after it
   */
  record Migration(Difference difference, Script up, Script down, Schema target) {
    boolean isEmpty() {
      return up.steps().isEmpty();
    }

    String summary() {
      return Summary.of(up.changes());
    }
  }

  /** The schema of a source. */
  Schema read(SchemaSource source) {
    try (ScratchDatabase database = server.create(source.checksum(), source::fill);
        Connection connection = database.connect()) {
      return tools.introspector().introspect(connection, options);
    } catch (SQLException e) {
      throw failed(source, e);
    }
  }

  /** What turns {@code before} into {@code models}; nothing is proven yet. */
  Migration compare(SchemaSource before, SchemaSource models, List<String> renames) {
    Schema old = read(before);
    Schema target = withKept(old, read(models), models);
    if (renames.isEmpty()) {
      return migration(differ.compare(old, target), List.of(), old, target);
    }
    try (ScratchDatabase database = server.create(before.checksum(), before::fill);
        Connection connection = database.connect()) {
      List<Change.Rename> changes = new Renames(old, target).read(renames);
      run(connection, renderer.render(List.copyOf(changes), old, target, style(false)));
      Schema renamed = tools.introspector().introspect(connection, options);
      return migration(differ.compare(renamed, target), changes, old, target);
    } catch (SQLException e) {
      throw failed(before, e);
    }
  }

  private Migration migration(
      Difference difference, List<Change.Rename> renames, Schema old, Schema target) {
    List<Change> up = new ArrayList<>(renames);
    up.addAll(difference.changes());
    Difference back = differ.compare(difference.to(), difference.from());
    List<Change> down = new ArrayList<>(back.changes());
    renames.reversed().forEach(rename -> down.add(rename.inverse()));
    return new Migration(
        difference,
        renderer.render(up, merged(old, difference.from()), difference.to(), style(false)),
        renderer.render(down, back.from(), merged(old, back.to()), style(true)),
        target);
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

  /** What the models say, and what they have no say in. */
  private static Schema withKept(Schema old, Schema wanted, SchemaSource models) {
    Schema.Builder builder = wanted.toBuilder();
    Set<FactId> kept = new HashSet<>();
    boolean found = true;
    while (found) {
      found = false;
      for (Fact fact : old.facts()) {
        if (!models.owns(fact)
            && !wanted.contains(fact.id())
            && !kept.contains(fact.id())
            && old.dependencies(fact.id()).stream()
                .allMatch(on -> wanted.contains(on) || kept.contains(on))) {
          kept.add(fact.id());
          builder.add(fact);
          old.dependencies(fact.id()).forEach(on -> builder.depends(fact.id(), on));
          found = true;
        }
      }
    }
    return kept.isEmpty() ? wanted : builder.build();
  }

  /** The statements that make a schema in an empty database, in canonical order. */
  String canonical(Schema schema) {
    try (ScratchDatabase database = server.create();
        Connection connection = database.connect()) {
      Schema empty = tools.introspector().introspect(connection, options);
      Difference difference = differ.compare(empty, schema);
      return renderer
          .render(difference.changes(), empty, difference.to(), Situation.Style.OFFLINE)
          .text();
    } catch (SQLException e) {
      throw Problem.of(ErrorCode.E_SCRATCH, "generate.scratch")
          .with("reason", String.valueOf(e.getMessage()))
          .toException(e);
    }
  }

  /**
   * Runs a migration up, down and up again where {@code before} has been, with rows in its tables.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_PROOF} with the statement that fails, or
   *     the difference that is left
   */
  void prove(SchemaSource before, Migration migration) {
    Schema old = read(before);
    try (ScratchDatabase database = server.create(before.checksum(), before::fill);
        Connection connection = database.connect()) {
      step("up", connection, migration.up(), migration.target());
      step("down", connection, migration.down(), old);
      step("up again", connection, migration.up(), migration.target());
    } catch (SQLException e) {
      throw failed(before, e);
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
    Difference left = differ.compare(tools.introspector().introspect(connection, options), expected);
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

  private static RuntimeException failed(SchemaSource source, SQLException e) {
    return Problem.of(ErrorCode.E_SOURCE, "generate.source")
        .with("source", source.name())
        .with("reason", String.valueOf(e.getMessage()))
        .toException(e);
  }
}
