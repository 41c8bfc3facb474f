package dev.whimbrel.cli.command;

import dev.whimbrel.Event;
import dev.whimbrel.Options;
import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.cli.config.Config;
import dev.whimbrel.cli.config.Database;
import dev.whimbrel.cli.config.Keys;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedScratch;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A project's configuration, the database that is meant, and the facade over both. */
final class Project implements AutoCloseable {
  private final Config config;
  private final Optional<Database> database;
  private final Options options;

  private final Map<String, String> environment;
  private @Nullable LocalServer server;

  private static @Nullable String value(Call call, Keys.Key key) {
    String name = "--" + key.option();
    if (key.kind() == Keys.Kind.TEXTS) {
      List<String> values = call.options(name);
      return values.isEmpty() ? null : String.join(",", values);
    }
    return call.option(name);
  }

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
      String value = value(call, key);
      if (value != null) {
        options = options.with(key.option(), value.isEmpty() ? "true" : value);
      }
    }
    options = options.withPreviewOf(call.around().environment());
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
    Whimbrel.Builder builder =
        Whimbrel.in(config.migrations()).engine(engine()).options(options).events(events);
    scratch(builder);
    return builder.build();
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
    return online(events, builder -> builder);
  }

  /** The facade with the database, and what else is set. */
  Whimbrel online(Consumer<Event> events, UnaryOperator<Whimbrel.Builder> more) {
    Database found = database.orElseThrow(() -> Database.none().toException());
    Whimbrel.Builder builder =
        Whimbrel.in(config.migrations()).options(options).events(events).engine(engine());
    scratch(builder);
    if (LocalServer.isMeant(found.url())) {
      if (server == null) {
        server = LocalServer.start(config.directory(), found.url(), environment);
      }
      return more.apply(builder.url(server.url())).build();
    }
    return more.apply(builder.url(found.url()).credentials(found.user(), found.password())).build();
  }

  /**
   * The facade over the files and scratch databases; the database, where one was named, only says
   * which version they have.
   */
  Whimbrel.Builder comparing(Consumer<Event> events) {
    Whimbrel.Builder builder =
        Whimbrel.in(config.migrations()).options(options).events(events).engine(engine());
    scratch(builder);
    database
        .filter(found -> !LocalServer.isMeant(found.url()))
        .ifPresent(found -> builder.url(found.url()).credentials(found.user(), found.password()));
    return builder;
  }

  /** {@code [scratch] url}, the local environment's server, then embedded PostgreSQL. */
  private void scratch(Whimbrel.Builder builder) {
    config
        .text("scratch.url")
        .filter(url -> !LocalServer.isMeant(url))
        .ifPresent(url -> builder.scratchUrl("[scratch] url", url, null, null));
    Database.local(config)
        .filter(local -> local.url().startsWith("postgres") || local.url().startsWith("jdbc:post"))
        .ifPresent(local ->
            builder.scratchUrl(
                "the server of [env.local]", local.url(), local.user(), local.password()));
    int major =
        database
            .map(Database::url)
            .filter(LocalServer::isMeant)
            .map(LocalServer::major)
            .orElse(EmbeddedPostgres.DEFAULT_MAJOR);
    builder
        .scratch(EmbeddedScratch.usual(environment, major))
        .scratchFolder(config.directory().resolve(".whimbrel/scratch"));
  }

  /**
   * A source as the facade reads it: {@code models} is what {@code [models]} says, {@code db:NAME}
   * an environment, {@code db:embedded:postgresql} the project's own server.
   */
  String source(String text) {
    if (text.equals("models")) {
      return models();
    }
    if (!text.startsWith("db:")) {
      return text;
    }
    String url = text.substring("db:".length());
    if (url.indexOf(':') < 0) {
      url = config.text("env." + config.named(url) + ".url").orElse(url);
    }
    if (LocalServer.isMeant(url)) {
      if (server == null) {
        server = LocalServer.start(config.directory(), url, environment);
      }
      url = server.url();
    }
    return "db:" + url;
  }

  /** Whether {@code [models]} says anything, or there are classes to look for entities in. */
  boolean hasModels() {
    return config.text("models.sql").isPresent() || Entities.areMeant(config) || hasClasses();
  }

  /** Whether this is a Maven project that has been compiled. */
  private boolean hasClasses() {
    return Files.isRegularFile(config.directory().resolve("pom.xml"))
        && Files.isDirectory(config.directory().resolve("target/classes"));
  }

  /**
   * The source that {@code [models]} names; without it, the entities of a compiled Maven project.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_CONFIG when it names none, or two
   */
  String models() {
    Optional<String> sql = config.text("models.sql");
    if (sql.isPresent() ? Entities.areMeant(config) : !hasModels()) {
      throw Problem.of(ErrorCode.E_CONFIG, sql.isPresent() ? "cli.two-models" : "cli.no-models")
          .with("file", config.directory().resolve("whimbrel.toml"))
          .toException();
    }
    return sql.map(path -> path.startsWith("file:") ? path : "file:" + path).orElse("entities");
  }

  @Override
  public void close() {}
}
