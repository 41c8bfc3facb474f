package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.Capabilities;
import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.sql.Lexis;

/** Assembles PostgreSQL. */
public final class PostgresqlDialect {
  private PostgresqlDialect() {}

  /** PostgreSQL 10 and newer. */
  public static Dialect create() {
    return new Dialect(
        "postgresql",
        new Capabilities(true, true, true, "begin"),
        Lexis.postgresql(),
        new PostgresqlConnector(),
        new PostgresqlFailures(),
        new PostgresqlHistory(),
        new PostgresqlLocking(),
        new PostgresqlTransactions(),
        new PostgresqlWitness(),
        new PostgresqlSessions(),
        new PostgresqlContents(),
        new PostgresqlCheckup(),
        new SchemaTools(
            new PostgresqlIntrospector(),
            PostgresqlDiff::new,
            PostgresqlRender::new,
            new PostgresqlSeeds()));
  }
}
