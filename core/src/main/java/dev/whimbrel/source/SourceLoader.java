package dev.whimbrel.source;

import dev.whimbrel.dialect.Failures;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.introspect.Introspector;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.scratch.ScratchDatabase;
import dev.whimbrel.scratch.ScratchServer;
import dev.whimbrel.sql.Lexis;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns sources into schemas, all by the same introspector: files, models and revisions by way of a
 * scratch database, copied from a template when the same was loaded before.
 *
 * @param lexis how the engine's SQL is split
 * @param failures says where a statement fails
 * @param introspector reads what came out
 * @param options what of it counts
 * @param scratch gives the server for scratch databases; asked only when one is needed
 * @param opener opens a database by its URL, for reading
 * @param replay applies revisions
 * @param models asks the entities
 */
public record SourceLoader(
    Lexis lexis,
    Failures failures,
    Introspector introspector,
    IntrospectOptions options,
    Supplier<ScratchServer> scratch,
    Function<String, Connection> opener,
    Replay replay,
    Models models) {

  /**
   * The schema that a source says.
   *
   * @throws dev.whimbrel.error.WhimbrelException if the source cannot be read: {@code E_FILE},
   *     {@code E_SQL}, {@code E_SOURCE}, {@code E_ADDRESS}, {@code E_UNREACHABLE} or {@code
   *     E_SCRATCH}
   */
  public Loaded load(SchemaSource source) {
    return load(source, owns -> "");
  }

  /**
   * The same.
   *
   * @param foundation gives SQL for what the statements of entities may refer to without making it;
   *     asked, with what the entities own, only when they fail alone
   */
  public Loaded load(SchemaSource source, Function<Predicate<FactId>, String> foundation) {
    return switch (source) {
      case SchemaSource.Files files -> Loaded.of(read(() -> fill(source)));
      case SchemaSource.Database database -> Loaded.of(database(database));
      case SchemaSource.Revisions revisions -> Loaded.of(revisions(revisions.address()));
      case SchemaSource.Entities entities -> entities(foundation);
    };
  }

  /** A scratch database with what the source says in it; for a live database its schema only. */
  public ScratchDatabase fill(SchemaSource source) {
    return switch (source) {
      case SchemaSource.Files files -> fill(Script.read(lexis, files.path()), null);
      case SchemaSource.Revisions revisions -> fillRevisions(revisions.address());
      case SchemaSource.Entities entities -> fillEntities();
      case SchemaSource.Database database ->
          throw Problem.of(ErrorCode.E_USAGE, "source.live").with("source", database).toException();
    };
  }

  private Schema revisions(String address) {
    return read(() -> fillRevisions(address));
  }

  private Loaded entities(Function<Predicate<FactId>, String> foundation) {
    Models.Generated generated = generated();
    try {
      return loaded(generated, "");
    } catch (WhimbrelException e) {
      String before = foundation.apply(generated.owns()) + generated.needs();
      if (before.isEmpty()) {
        throw e;
      }
      return loaded(generated, before);
    }
  }

  private Loaded loaded(Models.Generated generated, String before) {
    Script script = script(generated, before);
    Schema schema = read(() -> fill(script, generated.origins()));
    return new Loaded(schema, generated.owns(), generated.tool());
  }

  private ScratchDatabase fillEntities() {
    Models.Generated generated = generated();
    return fill(script(generated, ""), generated.origins());
  }

  private Models.Generated generated() {
    return models.generate(scratch.get().engine(), scratch.get().major());
  }

  private Script script(Models.Generated generated, String before) {
    return Script.of(lexis, "entities", before + generated.script());
  }

  private ScratchDatabase fill(Script script, @Nullable Map<String, String> origins) {
    ScriptRunner runner = new ScriptRunner(failures, origins);
    return scratch.get().create(script.checksum(), connection -> runner.run(connection, script));
  }

  private ScratchDatabase fillRevisions(String address) {
    return scratch
        .get()
        .create(replay.checksum(address), connection -> replay.fill(connection, address));
  }

  private Schema read(Supplier<ScratchDatabase> filled) {
    try (ScratchDatabase database = filled.get()) {
      return read(database);
    }
  }

  private Schema read(ScratchDatabase database) {
    try (Connection connection = database.connect()) {
      return introspector.introspect(connection, options);
    } catch (SQLException e) {
      throw unreadable(database.name(), e);
    }
  }

  private Schema database(SchemaSource.Database source) {
    try (Connection connection = opener.apply(source.url())) {
      return introspector.introspect(connection, options);
    } catch (SQLException e) {
      throw unreadable(source.toString(), e);
    }
  }

  private static RuntimeException unreadable(String database, SQLException cause) {
    return Problem.of(ErrorCode.E_SOURCE, "source.database")
        .with("database", database)
        .with("reason", String.valueOf(cause.getMessage()))
        .toException(cause);
  }
}
