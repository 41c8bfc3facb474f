package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Bench;
import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.Facts;
import dev.whimbrel.hazard.Finding;
import dev.whimbrel.hazard.Observation;
import dev.whimbrel.hazard.Rules;
import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import dev.whimbrel.sql.Statement;
import dev.whimbrel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Runs SQL under the watch and lets the rules judge it, as one or more revisions. */
final class Rehearsed {
  private Rehearsed() {}

  /** What the rules find; revisions are separated by a line {@code -- next revision}. */
  static List<Finding> findings(TestDatabase database, String sql, Facts facts)
      throws SQLException {
    return new Bench(facts, observations(database, sql)).judge(Rules.all());
  }

  static List<Observation> observations(TestDatabase database, String sql) throws SQLException {
    List<Observation> seen = new ArrayList<>();
    try (Connection connection = database.connect()) {
      Catalog catalog = new CatalogReader(connection).read();
      Seeds seeds = new Seeder(connection, catalog).plant(catalog.relations().keySet());
      Watch watch = new Watch(database::connect, seeds);
      watch.origin(connection);
      int revision = 0;
      for (String part : sql.split("(?m)^-- next revision\n", -1)) {
        revision++;
        if (!run(connection, watch, "r" + revision, part, seen)) {
          break;
        }
      }
    }
    return seen;
  }

  private static boolean run(
      Connection connection, Watch watch, String revision, String sql, List<Observation> seen)
      throws SQLException {
    boolean outside = sql.strip().startsWith("-- +no-transaction");
    connection.setAutoCommit(outside);
    try (java.sql.Statement statement = connection.createStatement()) {
      if (!outside) {
        statement.execute("set local lock_timeout = '3s'");
      }
      for (Statement each : new Splitter(Lexis.postgresql()).split("page", sql)) {
        Observation observation =
            watch
                .watch(connection, revision, each, !outside, () -> statement.execute(each.text()))
                .observation();
        seen.add(observation);
        if (observation.failure() != null) {
          return false;
        }
      }
      if (!outside) {
        connection.commit();
      }
      return true;
    } finally {
      if (!outside) {
        connection.rollback();
      }
    }
  }
}
