package dev.whimbrel.benchmarks;

import dev.whimbrel.State;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What the check of an application costs in a process that is warm, on a connection that its pool
 * lends and on one of its own, beside a connection that asks {@code select 1}, in turns. Prints
 * medians in milliseconds.
 */
public final class WarmCheck {
  private static final int MAJOR = 18;
  private static final int WARM = 300;
  private static final int ROUNDS = 201;

  private WarmCheck() {}

  /** Runs the checks. */
  public static void main(String[] args) throws Exception {
    System.out.println("| revisions | lent, ms | its own, ms | connect and select 1, ms |");
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
    Path folder = folder(revisions);
    Whimbrel own = Whimbrel.in(folder).url(server.url(name)).build();
    own.deploy("head");
    try (Connection pooled = server.connect(name)) {
      Connection lent = kept(pooled);
      Whimbrel borrower = Whimbrel.in(folder).url(server.url(name)).borrowing(() -> lent).build();
      List<Callable<Object>> subjects =
          List.of(() -> check(borrower), () -> check(own), () -> select(server, name));
      double[][] times = new double[subjects.size()][ROUNDS];
      for (int round = -WARM; round < ROUNDS; round++) {
        for (int i = 0; i < times.length; i++) {
          double took = millis(subjects.get(i));
          if (round >= 0) {
            times[i][round] = took;
          }
        }
      }
      System.out.printf(
          "| %,d | %.1f | %.1f | %.1f |%n",
          revisions, median(times[0]), median(times[1]), median(times[2]));
    }
  }

  private static State check(Whimbrel whimbrel) {
    State state = whimbrel.status(false).state();
    if (state != State.IN_SYNC) {
      throw new IllegalStateException("not in sync");
    }
    return state;
  }

  /** As a pool's connection: giving it back leaves it open. */
  private static Connection kept(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            WarmCheck.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) ->
                method.getName().equals("close") ? null : method.invoke(connection, arguments));
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
