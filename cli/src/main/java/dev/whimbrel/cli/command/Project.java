package dev.whimbrel.cli.command;

import dev.whimbrel.Event;
import dev.whimbrel.Options;
import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.cli.config.Config;
import dev.whimbrel.cli.config.Database;
import dev.whimbrel.cli.config.Keys;
import dev.whimbrel.embedded.EmbeddedScratch;
import dev.whimbrel.embedded.EmbeddedSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A project's configuration, the database that is meant, and the facade over both. */
final class Project implements AutoCloseable {
  private final Config config;
  private final Optional<Database> database;
  private final Options options;

  private final Map<String, String> environment;
  private @Nullable LocalServer server;

  private Project(
      Config config,
      Optional<Database> database,
      Options options,
      Map<String, String> environment) {
    this.config = config;
    this.database = database;
    this.options = options;
    this.environment = environment;
  }

  static Project open(Config config, Call call) {
    String named = config.named(call.globals().environment());
    Options options = config.options(named);
    for (Keys.Key key : Keys.OPTIONS) {
      String value = call.option("--" + key.name());
      if (value != null) {
        options = options.with(key.name(), value.isEmpty() ? "true" : value);
      }
    }
    return new Project(
        config,
        Database.choose(config, call.globals().url(), named),
        options,
        call.around().environment());
  }

  Config config() {
    return config;
  }

  Options options() {
    return options;
  }

  Optional<Database> database() {
    return database;
  }

  /** The database as people know it: what runs behind an embedded one is nobody's business. */
  Result.Database shown(Result.Database found) {
    return server == null
        ? found
        : new Result.Database(found.engine(), database.map(Database::url).orElse(found.url()));
  }

  /** The facade over the files alone. */
  Whimbrel offline(Consumer<Event> events) {
    return Whimbrel.in(config.migrations())
        .engine(engine())
        .options(options)
        .events(events)
        .scratch(List.of(new EmbeddedScratch(EmbeddedSettings.of(environment))))
        .build();
  }

  /** The engine whose file variants are meant when no database is asked. */
  private String engine() {
    return config
        .text("engine")
        .orElseGet(() ->
            database
                .map(Database::url)
                .filter(url -> url.startsWith("sqlite:") || url.startsWith("jdbc:sqlite:"))
                .map(url -> "sqlite")
                .orElse("postgresql"));
  }

  /**
   * The facade over the files and the database.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_CONFIG when no database was named
   */
  Whimbrel online(Consumer<Event> events) {
    Database found = database.orElseThrow(() -> Database.none().toException());
    Whimbrel.Builder builder =
        Whimbrel.in(config.migrations())
            .options(options)
            .events(events)
            .engine(engine())
            .scratch(List.of(new EmbeddedScratch(EmbeddedSettings.of(environment))))
            .scratchFolder(config.directory().resolve(".whimbrel/scratch"));
    if (LocalServer.isMeant(found.url())) {
      if (server == null) {
        server = LocalServer.start(config.directory(), found.url(), environment);
      }
      return builder.url(server.url()).build();
    }
    return builder.url(found.url()).credentials(found.user(), found.password()).build();
  }

  @Override
  public void close() {}
}
