package dev.whimbrel;

import dev.whimbrel.change.Change;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.diff.Differ;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.revision.Revision;
import dev.whimbrel.schema.CanonicalText;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.scratch.ScratchDatabase;
import dev.whimbrel.scratch.ScratchServer;
import dev.whimbrel.verify.Drift;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The schemas that revisions lead to, replayed on a scratch server, beside that of a database.
 *
 * <p>Grants and owners do not count: a scratch server does not know the roles of a target.
 */
final class Places {
  private final Dialect dialect;
  private final Graph graph;
  private final ScratchServer server;
  private final String home;
  private final RevisionReplay replay;
  private final IntrospectOptions options;
  private final Schema live;
  private final Map<List<String>, Schema> known = new LinkedHashMap<>();

  Places(Looking looking, Graph graph, ScratchServer server) throws SQLException {
    this.dialect = looking.dialect();
    this.graph = graph;
    this.server = server;
    this.home = looking.tables().home();
    this.replay = new RevisionReplay(graph, dialect.failures());
    this.options =
        IntrospectOptions.defaults()
            .withHistorySchema(home)
            .withOwners(false)
            .withGrants(false)
            .withOutside(dialect.contents().outside(looking.connection()));
    this.live = read(looking.connection());
  }

  private Schema read(Connection connection) throws SQLException {
    SchemaTools tools = dialect.schemas();
    return tools == null
        ? dialect.contents().schema(connection, home)
        : tools.introspector().introspect(connection, options);
  }

  /** The schema after these revisions and all they need; what it has counts as known. */
  Schema at(List<String> ids) throws SQLException {
    Schema found = known.get(ids);
    if (found == null) {
      Set<String> needed = new HashSet<>(graph.ancestors(ids));
      if (ids.containsAll(graph.heads())) {
        needed.addAll(graph.repeatables());
      }
      List<Revision> revisions =
          graph.revisions().stream().filter(each -> needed.contains(each.id())).toList();
      try (ScratchDatabase database =
              server.create(
                  replay.checksum(revisions), connection -> replay.fill(connection, revisions));
          Connection connection = database.connect()) {
        found = read(connection);
      }
      known.put(ids, found);
    }
    return found;
  }

  /** The schemas after each revision of a graph that is one chain, in one go. */
  void walk() throws SQLException {
    try (ScratchDatabase database = server.create();
        Connection connection = database.connect()) {
      for (Revision revision : graph.revisions()) {
        if (!revision.isRepeatable()) {
          replay.fill(connection, List.of(revision));
          known.put(List.of(revision.id()), read(connection));
        }
      }
    }
    if (!graph.repeatables().isEmpty()) {
      known.remove(graph.heads());
    }
  }

  /** How many were looked at. */
  int count() {
    return known.size();
  }

  /** The database beside a place, apart from what none of the known places has. */
  Result.Candidate compare(List<String> ids) throws SQLException {
    Schema place = at(ids);
    Set<List<String>> roots = new HashSet<>();
    for (Schema each : known.values()) {
      each.facts().forEach(fact -> roots.add(root(fact.id())));
    }
    Schema own = live.filter(fact -> roots.contains(root(fact.id())));
    Set<String> strange = new TreeSet<>();
    for (Fact fact : live.facts()) {
      if (!own.contains(fact.id())) {
        strange.add(String.join(".", root(fact.id())));
      }
    }
    Revision last = graph.find(ids.getLast()).orElseThrow();
    return new Result.Candidate(ids, last.message(), differences(place, own), List.copyOf(strange));
  }

  private List<String> differences(Schema place, Schema own) {
    SchemaTools tools = dialect.schemas();
    if (tools == null) {
      return Drift.between(CanonicalText.of(place), CanonicalText.of(own));
    }
    return new Differ(tools.diff().apply(server.major()))
        .compare(place, own).changes().stream().map(change -> line(change, place, own)).toList();
  }

  /** What is other on both sides is told as drift is, with what it was and is. */
  private static String line(Change change, Schema place, Schema own) {
    List<String> other =
        Drift.between(text(change.object(), place), text(change.object(), own)).stream()
            .filter(line -> line.startsWith("~"))
            .toList();
    return other.isEmpty() ? line(change) : other.getFirst();
  }

  private static String text(FactId id, Schema schema) {
    Schema.Builder one = Schema.builder();
    schema.find(id).ifPresent(one::add);
    return CanonicalText.of(one.build());
  }

  private static String line(Change change) {
    String sign =
        switch (change) {
          case Change.Create create -> "+ ";
          case Change.Drop drop -> "- ";
          case Change.Alter alter -> "~ ";
          case Change.Rename rename -> "~ ";
          case Change.RenameLabel rename -> "~ ";
        };
    return sign + Drift.name(change.object());
  }

  /** The names of the outermost thing that a fact belongs to, below its schema. */
  private static List<String> root(FactId id) {
    List<String> path = id.kind().isAttached() ? id.target().path() : id.path();
    return path.size() > 2 ? path.subList(0, 2) : path;
  }
}
