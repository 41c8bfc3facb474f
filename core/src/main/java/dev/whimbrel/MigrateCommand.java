package dev.whimbrel;

import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.change.RenameCandidate;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.introspect.Outside;
import dev.whimbrel.render.Script;
import dev.whimbrel.render.Sql;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Unmodelled;
import dev.whimbrel.scratch.ScratchServer;
import dev.whimbrel.source.SchemaSource;
import dev.whimbrel.source.SourceLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** {@code migrate}, {@code check}, {@code diff} and {@code schema}: what compares schemas. */
final class MigrateCommand {
  private static final int DIFFERENT = 3;

  private final Setup setup;
  private final Authoring authoring;
  private final Dialect dialect;

  MigrateCommand(Setup setup, Authoring authoring) {
    this.setup = setup;
    this.authoring = authoring;
    dialect = setup.dialect();
  }

  /** Writes a proven revision; nothing when nothing changes. */
  Result.Migration migrate(Whimbrel.Draft draft) {
    WriteCommand files = new WriteCommand(setup);
    SchemaSource before = new SchemaSource.Revisions(address(draft));
    return with(generation -> {
      Generation.Migration migration = generation.compare(before, models(), authoring);
      refuseUnknown(migration);
      if (migration.isEmpty()) {
        return result(migration, null, false, 0);
      }
      generation.prove(before, migration);
      String schema = generation.canonical(migration.target());
      Result.Written written =
          files.generated(
              draft,
              summary(migration),
              migration.up().text(),
              migration.down().text(migration.up().changes()),
              migration.tool());
      files.writeSchema(schema);
      return result(migration, written, true, 0)
          .with(findings(generation, migration, written.revision().revision()));
    });
  }

  /** What the rules say to what was written. */
  private List<Result.Finding> findings(
      Generation generation, Generation.Migration migration, String id) {
    try (Cancellation never = new Cancellation(Duration.ZERO)) {
      return new LintCommand(setup, never).generated(generation.server(), migration.old(), id);
    }
  }

  /** Whether the models need a migration. */
  Result.Migration check() {
    return with(generation -> {
      Generation.Migration migration =
          generation.compare(new SchemaSource.Revisions("head"), models(), authoring);
      refuseUnknown(migration);
      return result(migration, null, false, migration.isEmpty() ? 0 : DIFFERENT);
    });
  }

  /** What turns one source's schema into another's. */
  Result.Migration diff(String from, String to) {
    return with(generation -> {
      Generation.Migration migration = generation.compare(source(from), source(to), authoring);
      refuseUnknown(migration);
      return result(migration, null, false, 0);
    });
  }

  /** The canonical SQL of a source's schema. */
  Result.Script schema(String source) {
    return with(generation -> new Result.Script(generation.canonical(source(source))));
  }

  private <R> R with(Function<Generation, R> command) {
    SchemaTools tools = dialect.schemas();
    if (tools == null) {
      throw Problem.of(ErrorCode.E_USAGE, "generate.engine")
          .with("engine", dialect.name())
          .toException();
    }
    SchemaWork work = new SchemaWork(setup, dialect);
    try (ScratchServer server = work.server()) {
      SourceLoader loader = work.loader(tools, options(), server);
      return command.apply(new Generation(loader, tools, !authoring.offline(), setup::tell));
    }
  }

  private IntrospectOptions options() {
    IntrospectOptions options =
        IntrospectOptions.defaults().withHistorySchema(setup.options().historySchema());
    return authoring.platform().isEmpty()
        ? options
        : options.withOutside(Outside.preset(authoring.platform()));
  }

  private SchemaSource models() {
    return source(authoring.models());
  }

  private SchemaSource source(String text) {
    return SchemaSource.parse(text, authoring.directory());
  }

  private static String address(Whimbrel.Draft draft) {
    return draft.revises().isEmpty() ? "head" : String.join(",", draft.revises());
  }

  private void refuseUnknown(Generation.Migration migration) {
    if (authoring.strict() && !unknown(migration).isEmpty()) {
      throw Problem.of(ErrorCode.E_SOURCE, "generate.unmodelled")
          .with("objects", String.join("\n  ", unknown(migration)))
          .toException();
    }
  }

  private static List<String> unknown(Generation.Migration migration) {
    List<String> names = new ArrayList<>();
    for (Unmodelled each : migration.difference().unmodelled()) {
      boolean before = migration.difference().from().unmodelled().contains(each);
      boolean after = migration.difference().to().unmodelled().contains(each);
      String side = before == after ? "" : before ? " (before only)" : " (after only)";
      names.add(each.kind() + " " + each.name() + side);
    }
    return names;
  }

  private Result.Migration result(
      Generation.Migration migration,
      Result.@org.jspecify.annotations.Nullable Written written,
      boolean proven,
      int exit) {
    List<Result.Change> changes = new ArrayList<>();
    for (Script.Step step : migration.up().steps()) {
      changes.add(
          new Result.Change(
              step.change().kind(),
              step.change().object().display(),
              step.statements().stream().map(Sql::text).toList(),
              step.change().losesData()));
    }
    return new Result.Migration(
        changes,
        summary(migration),
        migration.up().text(),
        migration.down().text(migration.up().changes()),
        written,
        proven,
        migration.candidates().stream().map(RenameCandidate::flag).toList(),
        unknown(migration),
        migration.beyond().stream().map(MigrateCommand::shown).toList(),
        migration.isEmpty() ? "" : readers(migration).note(),
        exit,
        List.of());
  }

  private String summary(Generation.Migration migration) {
    return migration.isEmpty() ? "" : migration.summary() + readers(migration).cause();
  }

  private Readers readers(Generation.Migration migration) {
    return Readers.of(Sources.read(setup, dialect).graph(), migration.tool());
  }

  private static String shown(FactId id) {
    return id.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + id.display();
  }
}
