package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Facts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * Measures how fast servers work, with small tables on the scratch server; not thread-safe.
 *
 * <p>What takes the same time for every statement is measured too and left out.
 */
final class Calibration {
  private static final int ROWS = 100_000;
  private static final int WIDE_ROWS = 25_000;
  private static final int ASIDE_ROWS = 2_000;

  /** That building twice leaves, on each of two columns. */
  private static final int INDEXES = 4;

  /** Nothing is taken to be faster than this, in seconds; less cannot be measured. */
  private static final double LEAST = 1e-3;

  /** Cold storage, other load and wider rows may make it this much slower, or faster. */
  private static final double ERROR = 3;

  /** Values out of line are written, and logged, at the speed of the target's disks. */
  private static final double WRITTEN = 0.3;

  private static final int CALLS = 30_000;

  /** What a default that is computed for each row may be. */
  private static final String CALL =
      "select count(pg_catalog.md5(pg_catalog.random()::text)) from generate_series(1, %d) g"
          .formatted(CALLS);

  private static final String WORK =
      "select count(pg_catalog.md5(g::text)) from generate_series(1, 30000) g";

  private static final long LEAST_BYTES = 16 << 20;
  private static final int MOST_PAGES = 8192;
  private static final int PAGE = 8192;

  private final Statement statement;
  private double overhead;

  private Calibration(Statement statement) {
    this.statement = statement;
  }

  /**
   * Measures. The target is only read, for a second at most; where it has no table worth reading,
   * the scratch server's speed stands for it.
   *
   * @param changes whether it matters how fast rows are changed
   */
  static Facts.Rates measure(
      Connection scratch, Connection target, Map<String, Facts.Table> tables, boolean changes)
      throws SQLException {
    scratch.setAutoCommit(false);
    try (Statement statement = scratch.createStatement();
        Statement other = target.createStatement()) {
      Calibration here = new Calibration(statement);
      Calibration there = new Calibration(other);
      double faster = there.best(WORK) / here.best(WORK);
      Facts.Rates rates = here.measure(targetScan(target, tables), 1 / faster);
      return changes ? here.changing(rates, 1 / faster) : rates;
    } finally {
      scratch.rollback();
      scratch.setAutoCommit(true);
    }
  }

  /**
   * @param targetScan bytes that the target reads each second, 0 for unknown
   * @param ratio how fast the target computes, in what this server does
   */
  private Facts.Rates measure(double targetScan, double ratio) throws SQLException {
    statement.execute("set local max_parallel_workers_per_gather = 0");
    statement.execute(
        """
        create table narrow as select g as id, pg_catalog.hashint4(g) as shuffled,
          pg_catalog.md5(g::text) as word from generate_series(1, %d) g\
        """
            .formatted(ROWS));
    statement.execute(
        """
        create table wide as select g as id, pg_catalog.repeat(pg_catalog.md5(g::text), 20) as filling
        from generate_series(1, %d) g\
        """
            .formatted(WIDE_ROWS));
    overhead = best("select 1");
    double bytes = bytes("narrow");
    double scan = best("select count(id) from narrow");
    double check = best("alter table narrow add check (id >= 0)") - scan;
    double wide = best("alter table wide alter id type int using id + 0");
    double narrow = best("alter table narrow alter id type int using id + 0");
    double number = build("shuffled") - scan;
    double text = build("word") - scan;
    double asideBytes = aside();
    double looked = best("alter table aside add check (pg_catalog.length(filling) > 0)");
    double moved = seconds("alter table aside alter id type int using id + 0");
    Facts.Rates usual = Facts.Rates.usual();
    // Two tables tell what a row costs and what a byte does.
    double wideBytes = bytes("wide");
    double share = bytes / wideBytes;
    double each = (narrow - wide * share) / (ROWS - WIDE_ROWS * share);
    double copied = Math.max(LEAST, wide - Math.max(0, each) * WIDE_ROWS);
    return new Facts.Rates(
        targetScan > 0 ? targetScan : bytes / scan,
        ratio * ROWS / Math.max(LEAST, check),
        ratio * wideBytes / copied,
        ratio / Math.max(1e-8, each),
        ratio * CALLS / best(CALL),
        ratio * asideBytes / Math.max(LEAST, looked),
        ratio * WRITTEN * asideBytes / Math.max(LEAST, moved),
        ratio * ROWS / Math.max(LEAST, number),
        ratio * ROWS / Math.max(LEAST, text),
        usual.change(),
        usual.entry(),
        ERROR);
  }

  /** Measures what is slow to measure: how long it takes to change rows. */
  private Facts.Rates changing(Facts.Rates rates, double ratio) throws SQLException {
    double indexed = seconds("update narrow set id = id + 1");
    statement.execute("drop index narrow_shuffled_idx, narrow_shuffled_idx1");
    statement.execute("drop index narrow_word_idx, narrow_word_idx1");
    double change = seconds("update narrow set id = id + 1");
    double entries = Math.max(LEAST, indexed - change);
    return rates.changing(ratio * ROWS / change, ratio * INDEXES * ROWS / entries);
  }

  /** Makes a table whose values are kept out of line. */
  private double aside() throws SQLException {
    statement.execute("create table aside (id int, filling text)");
    statement.execute("alter table aside alter filling set storage external");
    statement.execute(
        """
        insert into aside select g, pg_catalog.repeat(pg_catalog.md5(g::text), 128)
        from generate_series(1, %d) g\
        """
            .formatted(ASIDE_ROWS));
    return bytes("aside");
  }

  private double build(String column) throws SQLException {
    return best("create index on narrow (%s)".formatted(column));
  }

  private double bytes(String table) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("select pg_catalog.pg_table_size('%s')".formatted(table))) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The better of two tries, since the server may be busy with others. */
  private double best(String sql) throws SQLException {
    double first = seconds(sql);
    return Math.min(first, seconds(sql));
  }

  private double seconds(String sql) throws SQLException {
    long start = System.nanoTime();
    statement.execute(sql);
    return Math.max(1e-6, (System.nanoTime() - start) / 1e9 - overhead);
  }

  /** Reads the first pages of the biggest table; 0 where there is none big enough. */
  private static double targetScan(Connection target, Map<String, Facts.Table> tables)
      throws SQLException {
    String biggest = null;
    long most = LEAST_BYTES;
    for (Map.Entry<String, Facts.Table> table : tables.entrySet()) {
      if (table.getValue().heapBytes() > most) {
        biggest = table.getKey();
        most = table.getValue().heapBytes();
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
            new Calibration(statement)
                .seconds(
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
