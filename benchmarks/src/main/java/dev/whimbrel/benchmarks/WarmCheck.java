package dev.whimbrel.benchmarks;

import dev.whimbrel.State;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.Callable;

/**
 * What the check of a starting application costs in a process that is warm, beside a connection
 * that asks {@code select 1}, in turns. Prints medians in milliseconds.
 */
public final class WarmCheck {
  private static final int MAJOR = 18;
  private static final int WARM = 300;
  private static final int ROUNDS = 201;

  private WarmCheck() {}

  /** Runs the checks. */
  public static void main(String[] args) throws Exception {
    System.out.println("| revisions | check, ms | connect and select 1, ms | check itself, ms |");
    System.out.println("|---|---|---|---|");
    try (EmbeddedPostgres server =
        EmbeddedPostgres.scratch(EmbeddedSettings.of(System.getenv()), MAJOR)) {
      for (int revisions : new int[] {1, 100, 1000}) {
        measure(server, revisions);
      }
    }
  }

  private static void measure(EmbeddedPostgres server, int revisions) throws Exception {
    String name = "warm" + revisions;
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    Whimbrel whimbrel = Whimbrel.in(folder(revisions)).url(server.url(name)).build();
    whimbrel.deploy("head");
    Callable<Object> check =
        () -> {
          if (whimbrel.status(false).state() != State.IN_SYNC) {
            throw new IllegalStateException("not in sync");
          }
          return State.IN_SYNC;
        };
    Callable<Object> floor = () -> select(server, name);
    double[] checks = new double[ROUNDS];
    double[] floors = new double[ROUNDS];
    for (int round = -WARM; round < ROUNDS; round++) {
      double one = millis(check);
      double other = millis(floor);
      if (round >= 0) {
        checks[round] = one;
        floors[round] = other;
      }
    }
    double one = median(checks);
    double other = median(floors);
    System.out.printf("| %,d | %.1f | %.1f | %.1f |%n", revisions, one, other, one - other);
  }

  private static boolean select(EmbeddedPostgres server, String name) throws Exception {
    try (Connection connection = server.connect(name);
        Statement statement = connection.createStatement()) {
      return statement.execute("select 1");
    }
  }

  private static double millis(Callable<Object> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static Path folder(int revisions) throws Exception {
    Path folder = Files.createTempDirectory("warm");
    for (int i = 1; i <= revisions; i++) {
      String revises = i == 1 ? "" : "-- revises: %012d\n".formatted(i - 1);
      Files.writeString(
          folder.resolve("%012d.sql".formatted(i)),
          "-- revision: %012d\n%s-- message: t\n\n-- +upgrade\n\ncreate table t%d (id int);\n"
              .formatted(i, revises, i));
    }
    Files.writeString(folder.resolve("HEAD"), "%012d\n".formatted(revisions));
    return folder;
  }
}
