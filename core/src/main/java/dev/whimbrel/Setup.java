package dev.whimbrel;

import dev.whimbrel.apply.Limits;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.history.HistoryTables;
import dev.whimbrel.plan.Planner;
import dev.whimbrel.revision.RevisionId;
import dev.whimbrel.scratch.ScratchProvider;
import dev.whimbrel.scratch.ScratchProviders;
import dev.whimbrel.scratch.ScratchRequest;
import dev.whimbrel.scratch.ScratchServer;
import dev.whimbrel.source.Models;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a facade was built with; its text form has no password. */
record Setup(
    Path migrations,
    String url,
    @Nullable String user,
    @Nullable String password,
    String engine,
    Options options,
    Consumer<Event> events,
    List<ScratchProvider> scratch,
    Models models,
    Supplier<@Nullable Connection> borrowed) {

  /** The database's URL. */
  DatabaseUrl databaseUrl() {
    if (url.isBlank()) {
      throw Problem.of(ErrorCode.E_CONFIG, "gate.no-database").toException();
    }
    return DatabaseUrl.parse(url).withCredentials(user, password);
  }

  boolean hasDatabase() {
    return !url.isBlank();
  }

  /** The engine of the URL, or the one that was named where there is no URL. */
  Dialect dialect() {
    return Engines.named(hasDatabase() ? databaseUrl().engine() : engine);
  }

  HistoryTables tables(Dialect dialect) {
    return new HistoryTables(dialect.history(), options.historySchema());
  }

  Limits limits() {
    return new Limits(
        options.lockTimeout(),
        options.statementTimeout(),
        options.lockWait(),
        options.connectTimeout(),
        options.retries());
  }

  Planner.Stamp stamp() {
    return new Planner.Stamp(options.appliedBy(), version(), options.commit());
  }

  /** A server for scratch databases; the caller closes it. */
  ScratchServer scratchServer(String engineName, int major) {
    return new ScratchProviders(scratch).open(new ScratchRequest(engineName, major));
  }

  static String version() {
    String version = Whimbrel.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  static String newRun() {
    return RevisionId.random(ThreadLocalRandom.current());
  }

  void tell(Event event) {
    events.accept(event);
  }

  @Override
  public String toString() {
    return "Setup[" + migrations + "]";
  }
}
