package dev.whimbrel.spring;

import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.error.WhimbrelException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Connections of the application's pool, where it leads to the database that is meant: a look then
 * costs one query, and no login.
 */
final class Borrowed implements Supplier<@Nullable Connection> {
  private final ObjectProvider<DataSource> pools;
  private final String database;

  /**
   * @param url of the database that is meant
   */
  Borrowed(ObjectProvider<DataSource> pools, String url) {
    this.pools = pools;
    this.database = place(url);
  }

  /** Null where there is no such pool, or it can't lend: looking without it tells what is wrong. */
  @Override
  public @Nullable Connection get() {
    Connection lent = null;
    try {
      DataSource pool = pools.getIfUnique();
      lent = pool == null ? null : pool.getConnection();
      if (lent != null && place(lent.getMetaData().getURL()).equals(database)) {
        lent.setAutoCommit(true);
        return lent;
      }
    } catch (SQLException | RuntimeException e) {
      // Not told: a connection of its own comes next.
    }
    giveBack(lent);
    return null;
  }

  private static void giveBack(@Nullable Connection lent) {
    try {
      if (lent != null) {
        lent.close();
      }
    } catch (SQLException e) {
      // Nothing waits on it.
      return;
    }
  }

  /** The server and the database, whoever logs in. */
  private static String place(@Nullable String url) {
    try {
      DatabaseUrl parsed = DatabaseUrl.parse(String.valueOf(url));
      return parsed.engine() + " " + parsed.hosts() + " " + parsed.database();
    } catch (WhimbrelException e) {
      return "";
    }
  }
}
