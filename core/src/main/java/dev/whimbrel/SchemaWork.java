package dev.whimbrel;

import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.graph.Graph;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.scratch.ScratchProviders;
import dev.whimbrel.scratch.ScratchRequest;
import dev.whimbrel.scratch.ScratchServer;
import dev.whimbrel.source.SourceLoader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What commands that read schemas on scratch databases begin with. */
final class SchemaWork {
  private static final Pattern MAJOR = Pattern.compile(" (\\d+)");

  private final Setup setup;
  private final Dialect dialect;

  SchemaWork(Setup setup, Dialect dialect) {
    this.setup = setup;
    this.dialect = dialect;
  }

  /** A server for scratch databases like the target's; the caller closes it. */
  ScratchServer server() {
    return server(dialect.capabilities().majorMatters() ? major() : 0);
  }

  /** A server for scratch databases of a major version; the caller closes it. */
  ScratchServer server(int major) {
    long start = System.nanoTime();
    ScratchServer server =
        new ScratchProviders(setup.scratch()).open(new ScratchRequest(dialect.name(), major));
    setup.tell(Event.Timed.since("scratch server (" + server.description() + ")", start));
    return server;
  }

  SourceLoader loader(SchemaTools tools, IntrospectOptions options, ScratchServer server) {
    return loader(tools, options, server, Sources.read(setup, dialect).graph());
  }

  /** The same, where the revisions are these. */
  SourceLoader loader(
      SchemaTools tools, IntrospectOptions options, ScratchServer server, Graph graph) {
    return new SourceLoader(
        dialect.lexis(),
        dialect.failures(),
        tools.introspector(),
        options,
        () -> server,
        this::open,
        new RevisionReplay(graph, dialect.failures()),
        setup.models());
  }

  private Connection open(String url) {
    return dialect
        .connector()
        .open(DatabaseUrl.parse(url), "whimbrel", setup.options().connectTimeout());
  }

  /** The target's major version, 0 where none was named or nobody answers. */
  private int major() {
    if (!setup.hasDatabase()) {
      return 0;
    }
    try (Connection connection =
        dialect
            .connector()
            .open(setup.databaseUrl(), "whimbrel", setup.options().connectTimeout())) {
      return major(connection);
    } catch (SQLException | WhimbrelException e) {
      setup.tell(
          new Event.Warning(
              "The database cannot be asked for its version, so any will do: " + e.getMessage()));
      return 0;
    }
  }

  /** The major version of an engine where it matters, else 0. */
  int major(Connection connection) {
    Matcher version = MAJOR.matcher(dialect.connector().version(connection));
    return dialect.capabilities().majorMatters() && version.find()
        ? Integer.parseInt(version.group(1))
        : 0;
  }
}
