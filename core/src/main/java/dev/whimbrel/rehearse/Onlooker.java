package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.LockMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sees which locks a statement outside a transaction asks for.
 *
 * <p>One session holds {@code SHARE UPDATE EXCLUSIVE} on every table, another {@code ACCESS SHARE}.
 * The statement has to wait for the first with any lock that changes things, and for the second
 * with {@code ACCESS EXCLUSIVE}; whenever it waits, its locks are written down and the one it waits
 * for gives way. The weaker holder comes back as soon as it can, for the statement's next
 * transaction.
 */
final class Onlooker implements AutoCloseable {
  /** More would need more room for locks than a server has by default. */
  private static final int MOST_TABLES = 1500;

  private final Connection eyes;
  private Connection weak;
  private Connection spare;
  private final Connection strong;
  private final int worker;
  private final String tables;
  private final Map<Long, Set<LockMode>> modes = new ConcurrentHashMap<>();
  private boolean strongHolds;
  private boolean weakHolds;

  interface Work {
    void run() throws SQLException;
  }

  Onlooker(Watch.Connections others, Connection worker, Catalog catalog) throws SQLException {
    eyes = others.open();
    weak = others.open();
    spare = others.open();
    strong = others.open();
    try (Statement statement = worker.createStatement();
        ResultSet row = statement.executeQuery("select pg_catalog.pg_backend_pid()")) {
      row.next();
      this.worker = row.getInt(1);
    }
    List<String> names = new ArrayList<>();
    for (Catalog.Relation relation : catalog.relations().values()) {
      if (relation.isTable() && names.size() < MOST_TABLES) {
        names.add("only " + relation.qualified());
      }
    }
    tables = String.join(", ", names);
    weak.setAutoCommit(false);
    spare.setAutoCommit(false);
    strong.setAutoCommit(false);
    weakHolds = lock(weak, "access share");
    strongHolds = lock(strong, "share update exclusive");
  }

  /** Runs the work on this thread while another one looks. */
  Map<Long, Set<LockMode>> during(Work work) throws SQLException {
    AtomicBoolean done = new AtomicBoolean();
    List<SQLException> failures = new ArrayList<>();
    Thread looking =
        Thread.ofPlatform()
            .name("whimbrel-onlooker")
            .daemon()
            .start(() -> {
              try {
                while (!done.get()) {
                  look();
                }
              } catch (SQLException e) {
                failures.add(e);
                giveWay();
              }
            });
    try {
      work.run();
    } finally {
      done.set(true);
      join(looking);
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return modes;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws SQLException {
    boolean waits = false;
    try (PreparedStatement statement =
        eyes.prepareStatement(
            """
            select locktype, relation, mode, granted from pg_catalog.pg_locks
            where pid = ? and (locktype = 'relation' or not granted)\
            """)) {
      statement.setInt(1, worker);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          waits |= !rows.getBoolean(4);
          if (rows.getString(1).equals("relation")) {
            modes
                .computeIfAbsent(rows.getLong(2), oid -> EnumSet.noneOf(LockMode.class))
                .add(LockMode.of(rows.getString(3)));
          }
        }
      }
    }
    if (waits) {
      giveWay();
    } else if (!strongHolds && !weakHolds) {
      weakHolds = lock(weak, "access share");
    }
  }

  /**
   * Lets go of the stronger lock, or of the weaker one when that is all there is. Another session
   * takes the weaker one first where it can, so that a later wish for a stronger lock shows too.
   */
  private void giveWay() {
    try {
      if (strongHolds) {
        strongHolds = false;
        strong.rollback();
      } else {
        boolean relieved = weakHolds && lock(spare, "access share");
        weak.rollback();
        Connection tired = weak;
        weak = spare;
        spare = tired;
        weakHolds = relieved;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e); // the session is gone, and its locks with it
    }
  }

  private boolean lock(Connection session, String mode) throws SQLException {
    if (tables.isEmpty()) {
      return false;
    }
    try (Statement statement = session.createStatement()) {
      statement.execute("lock table " + tables + " in " + mode + " mode nowait");
      return true;
    } catch (SQLException e) {
      session.rollback(); // the statement was faster
      return false;
    }
  }

  @Override
  public void close() throws SQLException {
    eyes.close();
    weak.rollback();
    weak.close();
    spare.rollback();
    spare.close();
    strong.rollback();
    strong.close();
  }
}
