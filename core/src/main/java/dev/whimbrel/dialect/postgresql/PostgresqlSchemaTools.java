package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.SchemaTools;

/** The schema strategies of PostgreSQL. */
public final class PostgresqlSchemaTools {
  private PostgresqlSchemaTools() {}

  public static SchemaTools create() {
    return new SchemaTools(
        new PostgresqlIntrospector(), new PostgresqlDiff(), PostgresqlRender::new);
  }
}
