package dev.whimbrel.dialect.sqlite;

import dev.whimbrel.dialect.Capabilities;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.sql.Lexis;

/** Assembles SQLite. */
public final class SqliteDialect {
  private SqliteDialect() {}

  /** SQLite 3.35 and newer. */
  public static Dialect create() {
    return new Dialect(
        "sqlite",
        new Capabilities(false, false, false, "begin immediate"),
        Lexis.sqlite(),
        new SqliteConnector(),
        new SqliteFailures(),
        new SqliteHistory(),
        new SqliteLocking(),
        new SqliteTransactions(),
        new SqliteWitness(),
        new SqliteSessions(),
        new SqliteContents(),
        new SqliteCheckup(),
        null);
  }
}
