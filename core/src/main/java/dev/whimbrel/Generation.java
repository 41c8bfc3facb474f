package dev.whimbrel;

import dev.whimbrel.change.Change;
import dev.whimbrel.change.RenameCandidate;
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
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
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
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Finds what turns one source's schema into another's, on scratch databases, and proves it there:
 * up gives the second, down the first, up again the second.
 */
final class Generation {
  private static final Set<Kind> FOUNDATION =
      EnumSet.of(
          Kind.NAMESPACE,
          Kind.EXTENSION,
          Kind.COLLATION,
          Kind.ENUM,
          Kind.DOMAIN,
          Kind.DOMAIN_DEFAULT,
          Kind.DOMAIN_CHECK,
          Kind.COMPOSITE,
          Kind.RANGE,
          Kind.SEQUENCE,
          Kind.ROUTINE);

  private final SourceLoader loader;
  private final SchemaTools tools;
  private final ScratchServer server;
  private final boolean online;
  private final Differ differ;
  private final Renderer renderer;
  private final Consumer<Event> events;

  Generation(SourceLoader loader, SchemaTools tools, boolean online, Consumer<Event> events) {
    this.events = events;
    this.loader = loader;
    this.tools = tools;
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
   * @param candidates what may be one thing renamed
   */
  record Migration(
      Difference difference,
      Script up,
      Script down,
      Schema old,
      Schema target,
      String tool,
      List<FactId> beyond,
      List<RenameCandidate> candidates) {
    boolean isEmpty() {
      return up.steps().isEmpty();
    }

    String summary() {
      return Summary.of(up.changes());
    }
  }

  /** Where the scratch databases are. */
  ScratchServer server() {
    return server;
  }

  /** What turns {@code before} into {@code models}; nothing is proven yet. */
  Migration compare(SchemaSource before, SchemaSource models, Authoring authoring) {
    List<String> renames = authoring.renames();
    Schema old = timed("revisions on scratch", () -> loader.load(before).schema());
    Loaded wanted = timed("models on scratch", () -> loaded(models, old));
    Set<FactId> dropped = Drops.read(authoring.drops(), old, wanted.schema());
    dropped.addAll(Drops.renamed(renames, old, wanted.schema()));
    Kept kept = Kept.of(old, wanted, dropped);
    Schema target = kept.schema();
    Side side =
        new Side(old, target, wanted.tool(), kept.beyond(), renamedTables(old, wanted, kept));
    if (renames.isEmpty()) {
      return timed("comparison", () -> migration(differ.compare(old, target), List.of(), side));
    }
    try (ScratchDatabase database = fill(before, old);
        Connection connection = database.connect()) {
      List<Change> changes = new Renames(old, target).read(renames);
      run(connection, renderer.render(changes, old, target, style(false)));
      Difference difference = differ.compare(read(connection), target);
      return migration(difference, changes, side);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Where tables stand on what entities cannot say, that is taken from the old schema. */
  Loaded loaded(SchemaSource models, Schema old) {
    Set<FactId> lent = new HashSet<>();
    Loaded loaded =
        loader.load(
            models,
            owns -> {
              lent.addAll(foundation(old, owns));
              return lent.isEmpty() ? "" : canonical(old.filter(fact -> lent.contains(fact.id())));
            });
    Set<FactId> used = new HashSet<>();
    loaded.schema().facts().stream()
        .filter(fact -> !lent.contains(fact.id()))
        .forEach(fact -> use(fact.id(), loaded.schema(), used));
    return new Loaded(
        loaded.schema().filter(fact -> !lent.contains(fact.id()) || used.contains(fact.id())),
        loaded.owns(),
        loaded.tool());
  }

  private static void use(FactId id, Schema schema, Set<FactId> used) {
    if (used.add(id)) {
      schema.dependencies(id).forEach(on -> use(on, schema, used));
    }
  }

  /** The extensions, types and functions that only the revisions made. */
  private static Set<FactId> foundation(Schema old, Predicate<FactId> owns) {
    Set<FactId> found = new HashSet<>();
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Fact fact : old.facts()) {
        if (FOUNDATION.contains(fact.kind())
            && !owns.test(fact.id())
            && found.containsAll(old.dependencies(fact.id()))) {
          grew |= found.add(fact.id());
        }
      }
    }
    return found;
  }

  /** What is compared. */
  private record Side(
      Schema old, Schema target, String tool, List<FactId> beyond, List<RenameCandidate> tables) {}

  /** Tables that are kept, but would be taken for the old names of new ones if they were not. */
  private List<RenameCandidate> renamedTables(Schema old, Loaded wanted, Kept kept) {
    Set<FactId> tables = new HashSet<>(kept.beyond());
    tables.removeIf(id -> id.kind() != Kind.TABLE);
    Set<String> names = new HashSet<>();
    tables.forEach(id -> names.add(id.display()));
    if (tables.isEmpty() || old.byId().keySet().containsAll(ids(wanted.schema(), Kind.TABLE))) {
      return List.of();
    }
    return differ.compare(old, Kept.of(old, wanted, tables).schema()).candidates().stream()
        .filter(candidate -> names.contains(candidate.from()))
        .toList();
  }

  private static List<FactId> ids(Schema schema, Kind kind) {
    return schema.facts(kind).stream().map(Fact::id).toList();
  }

  private <T> T timed(String part, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    events.accept(Event.Timed.since(part, start));
    return result;
  }

  private Migration migration(Difference difference, List<Change> renames, Side side) {
    Schema old = side.old();
    List<Change> up = new ArrayList<>(renames);
    up.addAll(difference.changes());
    Difference back = differ.compare(difference.to(), difference.from());
    List<Change> down = new ArrayList<>(back.changes());
    renames.reversed().forEach(rename -> down.add(rename.inverse()));
    List<RenameCandidate> candidates = new ArrayList<>(difference.candidates());
    if (renames.isEmpty()) {
      candidates.addAll(side.tables());
    }
    return new Migration(
        difference,
        renderer.render(up, merged(old, difference.from()), difference.to(), style(false)),
        renderer.render(down, back.from(), merged(old, back.to()), style(true)),
        old,
        side.target(),
        side.tool(),
        side.beyond(),
        candidates);
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
   * Runs a migration up, down and up again where {@code before} has been; then with rows in its
   * tables, where what that shows is a warning.
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
    if (!migration.old().facts(Kind.TABLE).isEmpty()) {
      timed("proof with rows", () -> tryWithRows(before, migration))
          .forEach(warning -> events.accept(new Event.Warning(warning)));
    }
  }

  private List<String> tryWithRows(SchemaSource before, Migration migration) {
    try (ScratchDatabase database = fill(before, migration.old());
        Connection connection = database.connect()) {
      return new SeededProof(connection, tools, Generation::run)
          .warnings(migration.old(), migration.target(), migration.up(), migration.down());
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
