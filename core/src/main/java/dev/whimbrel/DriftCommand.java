package dev.whimbrel;

import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.apply.Locked;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.history.History;
import dev.whimbrel.history.JournalEntry;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.plan.Gate;
import dev.whimbrel.plan.Planner;
import dev.whimbrel.plan.Verdict;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.scratch.ScratchServer;
import dev.whimbrel.source.SchemaSource;
import dev.whimbrel.verify.Drift;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What to do about drift: write it as a revision, or the SQL that undoes it. */
final class DriftCommand {
  private static final SchemaSource HEADS = new SchemaSource.Revisions("heads");

  private static final String EVERYBODY = "PUBLIC";

  private static final String OF_REPEATABLE =
      " (a repeatable revision makes it: change its file, or undo what was done by hand)";

  private static final String OF_ROLE =
      " (no revision knows the role, so other databases may lack it: write the revision by hand,"
          + " deploy it, then run: whimbrel stamp heads --force)";

  private final Setup setup;
  private final Cancellation cancellation;
  private final Authoring authoring;
  private final Dialect dialect;
  private final SchemaTools tools;
  private final Sources sources;
  private final String run = Setup.newRun();

  DriftCommand(Setup setup, Cancellation cancellation, Authoring authoring) {
    this.setup = setup;
    this.cancellation = cancellation;
    this.authoring = authoring;
    dialect = setup.dialect();
    SchemaTools known = dialect.schemas();
    if (known == null) {
      throw Problem.of(ErrorCode.E_USAGE, "generate.engine")
          .with("engine", dialect.name())
          .toException();
    }
    tools = known;
    sources = Sources.read(setup, dialect);
  }

  /**
   * What changed by hand.
   *
   * @param lines what a revision can hold, and how it is told
   * @param others the lines of what it cannot
   */
  private record Drifted(History history, Map<FactId, String> lines, List<String> others) {
    Set<FactId> facts() {
      return lines.keySet();
    }

    /** Without these facts, each of which is named with a reason. */
    Drifted without(Set<FactId> left, String reason) {
      Map<FactId, String> rest = new LinkedHashMap<>(lines);
      List<String> named = new ArrayList<>(others);
      lines.forEach((fact, line) -> {
        if (left.contains(fact)) {
          rest.remove(fact);
          named.add(line + reason);
        }
      });
      return new Drifted(history, rest, named);
    }
  }

  /** Writes what changed as a proven revision, and records that the database is at it. */
  Result.Migration adopt(Whimbrel.Draft draft) {
    try (Looking looking = Looking.open(setup, dialect, "whimbrel adopt");
        Locked lock =
            Locked.take(
                dialect,
                looking.url(),
                looking.tables().home(),
                run,
                setup.limits(),
                new Observed(setup),
                cancellation)) {
      Drifted seen = look(looking);
      new Bookkeeping(setup, looking).checkEnvironment(seen.history());
      try (ScratchServer server = server(looking)) {
        Generation generation = generation(server, sources.graph());
        Schema old = generation.schema(HEADS);
        Schema live = live(looking);
        Set<FactId> other = new LinkedHashSet<>(seen.facts());
        other.removeIf(fact -> old.find(fact).equals(live.find(fact)));
        Set<FactId> ofRoles = new LinkedHashSet<>(other);
        Set<String> known = server.roles();
        ofRoles.removeIf(fact -> known.containsAll(roles(fact)));
        Drifted drifted =
            seen.without(ofRoles, OF_ROLE)
                .without(ofRepeatables(server, other, old, live), OF_REPEATABLE);
        Schema target = replaced(old, live, drifted.facts());
        Generation.Migration migration =
            generation.compare(HEADS, Generation.Side.of(old, target), authoring.renames());
        if (migration.isEmpty()) {
          accept(looking, drifted, List.of());
          return MigrateCommand.result(migration, null, false, drifted.others());
        }
        generation.prove(HEADS, migration);
        String schema = generation.canonical(migration.target());
        lock.check();
        return MigrateCommand.result(
            migration, write(looking, drifted, draft, migration, schema), true, drifted.others());
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Whom a privilege is about; a scratch server has those that the revisions name. */
  private static Set<String> roles(FactId fact) {
    Set<String> roles = new LinkedHashSet<>();
    int last = fact.path().size() - 1;
    if (fact.kind() == Kind.GRANT || fact.kind() == Kind.DEFAULT_PRIVILEGE) {
      roles.add(fact.segment(last - 1));
    }
    if (fact.kind() == Kind.DEFAULT_PRIVILEGE) {
      roles.add(fact.segment(0));
    }
    roles.remove(EVERYBODY);
    return roles;
  }

  /** The SQL that undoes what changed; nothing is run. */
  Result.Migration revert() {
    try (Looking looking = Looking.open(setup, dialect, "whimbrel revert")) {
      Drifted drifted = look(looking);
      try (ScratchServer server = server(looking)) {
        Generation generation = generation(server, sources.graph());
        Schema live = live(looking);
        Schema old = generation.schema(HEADS);
        Set<FactId> facts = new LinkedHashSet<>(drifted.facts());
        List<String> others = new ArrayList<>(drifted.others());
        for (FactId fact : drifted.facts()) {
          if (!old.contains(fact) && !live.contains(fact)) {
            facts.remove(fact);
            others.add("- " + Drift.name(fact));
          }
        }
        Generation.Migration migration =
            generation.compare(
                HEADS, Generation.Side.of(live, replaced(live, old, facts)), List.of());
        return MigrateCommand.result(migration, null, false, others);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private RuntimeException failed(SQLException e) {
    return Problem.of(ErrorCode.E_SCRATCH, "facade.scratch")
        .with("message", dialect.failures().message(e))
        .toException(e);
  }

  /** Only where nothing else is the matter can drift be told from what is pending. */
  private Drifted look(Looking looking) {
    Looking.Seen seen = looking.see();
    List<Drift.Item> items = looking.drifted(seen.history());
    Verdict verdict =
        new Gate(sources.graph())
            .decide(
                "head",
                seen.history(),
                seen.objects(),
                items.stream().map(Drift.Item::line).toList());
    if (!(verdict instanceof Verdict.Drifted || verdict instanceof Verdict.InSync)) {
      Problem refusal = new Refusals(setup).of(verdict, sources, looking);
      throw refusal != null
          ? refusal.toException()
          : Problem.of(ErrorCode.E_USAGE, "drift.not-there")
              .with("state", Facts.state(verdict))
              .toException();
    }
    Map<FactId, String> lines = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    for (Drift.Item item : items) {
      FactId fact = item.fact();
      if (fact == null) {
        others.add(item.line());
      } else {
        lines.put(fact, item.line());
      }
    }
    return new Drifted(seen.history(), lines, others);
  }

  private Schema live(Looking looking) throws SQLException {
    return dialect.contents().schema(looking.connection(), looking.tables().home());
  }

  private ScratchServer server(Looking looking) {
    SchemaWork work = new SchemaWork(setup, dialect);
    return work.server(work.major(looking.connection()));
  }

  /**
   * What repeatable revisions make, and what hangs on it: they run after every version, and would
   * undo, or refuse, what a version changed there.
   */
  private Set<FactId> ofRepeatables(
      ScratchServer server, Set<FactId> facts, Schema old, Schema live) {
    Graph graph = sources.graph();
    if (graph.repeatables().isEmpty() || facts.isEmpty()) {
      return Set.of();
    }
    Schema versions =
        generation(
                server,
                Graph.of(graph.revisions().stream().filter(r -> !r.isRepeatable()).toList()))
            .schema(HEADS);
    Set<FactId> made = new LinkedHashSet<>();
    for (FactId id : facts) {
      Set<FactId> near = new LinkedHashSet<>(live.dependencies(id));
      near.addAll(old.dependencies(id));
      near.add(id);
      if (near.stream().anyMatch(on -> !old.find(on).equals(versions.find(on)))) {
        made.add(id);
      }
    }
    return made;
  }

  private Generation generation(ScratchServer server, Graph graph) {
    IntrospectOptions options =
        IntrospectOptions.defaults().withHistorySchema(setup.options().historySchema());
    return new Generation(
        new SchemaWork(setup, dialect).loader(tools, options, server, graph),
        tools,
        !authoring.offline(),
        setup::tell);
  }

  /** A schema in which these facts are what they are in another. */
  private static Schema replaced(Schema schema, Schema other, Set<FactId> facts) {
    Schema.Builder builder = schema.toBuilder();
    for (FactId id : facts) {
      builder.remove(id);
      other
          .find(id)
          .ifPresent(fact -> {
            builder.add(fact);
            other.dependencies(id).forEach(on -> builder.depends(id, on));
          });
    }
    return builder.build();
  }

  private Result.Written write(
      Looking looking,
      Drifted drifted,
      Whimbrel.Draft draft,
      Generation.Migration migration,
      String schema)
      throws SQLException {
    WriteCommand files = new WriteCommand(setup);
    Result.Written written =
        files.generated(
            draft,
            migration.summary(),
            migration.up().text(),
            migration.down().text(migration.up().changes()),
            migration.tool());
    files.writeSchema(schema);
    Graph graph = Sources.read(setup, dialect).graph();
    Revision revision = graph.find(written.revision().revision()).orElseThrow();
    Planner planner = new Planner(dialect, graph, setup.stamp());
    try {
      accept(
          looking,
          drifted,
          List.of(
              looking.tables().insert(planner.row(revision)),
              looking
                  .tables()
                  .insert(
                      new JournalEntry(
                          run, JournalEntry.Event.STAMPED, revision.id(), 0, "adopted"))));
    } catch (SQLException e) {
      throw Problem.of(ErrorCode.E_STATEMENT, "drift.unrecorded")
          .with("file", written.path())
          .with("revision", revision.id())
          .with("message", dialect.failures().message(e))
          .toException(e);
    }
    return written;
  }

  /** In one transaction: the rows, and that what was written is no drift any more. */
  private void accept(Looking looking, Drifted drifted, List<String> rows) throws SQLException {
    Bookkeeping books = new Bookkeeping(setup, looking);
    String remembered = looking.tables().meta(looking.connection(), Drift.KEY);
    String now = Drift.remember(looking.connection(), dialect.contents(), looking.tables());
    List<String> sql = new ArrayList<>(rows);
    sql.add(
        looking
            .tables()
            .setMeta(
                Drift.KEY,
                remembered == null ? now : Drift.accept(remembered, now, drifted.facts())));
    books.transaction(sql);
  }
}
