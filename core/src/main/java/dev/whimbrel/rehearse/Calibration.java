package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Facts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** Measures how fast servers work, with a small table on the scratch server. */
final class Calibration {
  private static final int ROWS = 40_000;

  /** Cold storage, other load and wider rows may make it this much slower, or faster. */
  private static final double ERROR = 3;

  /** Big tables are sorted in files and not in memory, with more comparisons for each row. */
  private static final double SORTED = 0.7;

  private static final long LEAST_BYTES = 16 << 20;
  private static final int MOST_PAGES = 8192;
  private static final int PAGE = 8192;

  private Calibration() {}

  /**
   * Measures. The target is only read, for a second at most; where it has no table worth reading,
   * the scratch server's speed stands for it.
   */
  static Facts.Rates measure(Connection scratch, Connection target, Map<String, Facts.Table> tables)
      throws SQLException {
    try (Statement statement = scratch.createStatement()) {
      statement.execute(
          """
          create table whimbrel_calibration as
          select g as id, hashint4(g) as shuffled, md5(g::text) as word,
            repeat(md5(g::text), 5) as filling from generate_series(1, %d) g\
          """
              .formatted(ROWS));
      long bytes = bytes(statement);
      double scan = bytes / seconds(statement, "select count(id) from whimbrel_calibration");
      double check =
          ROWS
              / seconds(
                  statement,
                  "alter table whimbrel_calibration add constraint sane check (id >= 0)");
      statement.execute("alter table whimbrel_calibration drop constraint sane");
      double index = SORTED * ROWS / build(statement, "shuffled");
      double text = SORTED * ROWS / build(statement, "word");
      double rewrite =
          bytes / seconds(statement, "alter table whimbrel_calibration alter id type numeric");
      double change = ROWS / seconds(statement, "update whimbrel_calibration set id = id + 1");
      statement.execute("drop table whimbrel_calibration");
      double targetScan = targetScan(target, tables);
      double ratio = targetScan > 0 ? Math.min(1, targetScan / scan) : 1;
      return new Facts.Rates(
          targetScan > 0 ? targetScan : scan,
          rewrite * ratio,
          index * ratio,
          text * ratio,
          check,
          change * ratio,
          ERROR);
    }
  }

  /** Seconds for an index; the better of two tries, since the server may be busy with others. */
  private static double build(Statement statement, String column) throws SQLException {
    double best = Double.MAX_VALUE;
    for (int attempt = 0; attempt < 2; attempt++) {
      best =
          Math.min(
              best,
              seconds(
                  statement,
                  "create index measured on whimbrel_calibration (%s)".formatted(column)));
      statement.execute("drop index measured");
    }
    return best;
  }

  private static long bytes(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("select pg_catalog.pg_table_size('whimbrel_calibration')")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static double seconds(Statement statement, String sql) throws SQLException {
    long start = System.nanoTime();
    statement.execute(sql);
    return Math.max(1e-6, (System.nanoTime() - start) / 1e9);
  }

  /** Reads the first pages of the biggest table; 0 where there is none big enough. */
  private static double targetScan(Connection target, Map<String, Facts.Table> tables)
      throws SQLException {
    String biggest = null;
    long most = LEAST_BYTES;
    for (Map.Entry<String, Facts.Table> table : tables.entrySet()) {
      if (table.getValue().bytes() > most) {
        biggest = table.getKey();
        most = table.getValue().bytes();
      }
    }
    if (biggest == null) {
      return 0;
    }
    long pages = Math.min(MOST_PAGES, most / PAGE);
    try (Statement statement = target.createStatement()) {
      statement.execute("begin read only");
      try {
        statement.execute("set local statement_timeout = '1s'");
        double seconds =
            seconds(
                statement,
                "select count(*) from %s where ctid < '(%d,0)'::tid".formatted(biggest, pages));
        return pages * PAGE / seconds;
      } catch (SQLException e) {
        return 0; // it may not be read, or is too slow: the scratch server stands for it
      } finally {
        statement.execute("rollback");
      }
    }
  }
}
