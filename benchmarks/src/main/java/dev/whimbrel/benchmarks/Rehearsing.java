package dev.whimbrel.benchmarks;

import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/**
 * Simulates one pending revision against databases of many tables: first with an empty cache, then
 * with the schema's template there. Prints milliseconds for 100 and 1,000 tables.
 */
public final class Rehearsing {
  private static final int MAJOR = 15;

  private Rehearsing() {}

  /**
   * Runs the simulations.
   *
   * @param args how many tables, one figure each; without, 100 1000
   */
  public static void main(String[] args) throws Exception {
    List<String> sizes = args.length == 0 ? List.of("100", "1000") : Arrays.asList(args);
    System.out.println(
        "| tables | simulate, first, ms | again, ms | deploy, ms | nothing to do, ms |");
    System.out.println("|---|---|---|---|---|");
    try (EmbeddedPostgres server =
        EmbeddedPostgres.scratch(EmbeddedSettings.of(System.getenv()), MAJOR)) {
      for (String size : sizes) {
        measure(server, Integer.parseInt(size));
      }
    }
  }

  private static void measure(EmbeddedPostgres server, int tables) throws Exception {
    String name = "rehearsed" + tables;
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    Path folder = Files.createTempDirectory("rehearsing");
    revision(folder, "aaaa00000001", "", base(tables));
    Whimbrel whimbrel =
        Whimbrel.in(folder)
            .url(server.url(name))
            .scratchUrl("the same server", server.url("postgres"), null, null)
            .build();
    whimbrel.deploy("head");
    revision(folder, "aaaa00000002", "aaaa00000001", "alter table t1 add column phone text;");
    long first = millis(() -> check(whimbrel.simulate("head")));
    long again = millis(() -> check(whimbrel.simulate("head")));
    long deploy = millis(() -> whimbrel.deploy("head"));
    long nothing = millis(() -> whimbrel.deploy("head"));
    System.out.printf("| %,d | %d | %d | %d | %d |%n", tables, first, again, deploy, nothing);
  }

  private static void check(Result.Simulation simulation) {
    if (!simulation.rehearsed() || simulation.exit() != 0) {
      throw new IllegalStateException(simulation.toString());
    }
  }

  private static long millis(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static String base(int tables) {
    StringBuilder sql = new StringBuilder();
    for (int i = 1; i <= tables; i++) {
      sql.append(
          """
          create table t%1$d (
            id bigint generated always as identity primary key,
            name text not null,
            parent bigint references t%2$d,
            amount numeric(10, 2) check (amount > 0),
            created timestamptz not null default now());
          create index t%1$d_parent on t%1$d (parent);
          """
              .formatted(i, Math.max(1, i - 1)));
    }
    return sql.toString();
  }

  private static void revision(Path folder, String id, String revises, String up)
      throws IOException {
    Files.writeString(
        folder.resolve(id + ".sql"),
        "-- revision: %s\n%s-- message: change\n\n-- +upgrade\n\n%s\n"
            .formatted(id, revises.isEmpty() ? "" : "-- revises: " + revises + "\n", up));
    Files.writeString(folder.resolve("HEAD"), id + "\n");
  }
}
