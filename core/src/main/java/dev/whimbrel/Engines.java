package dev.whimbrel;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.postgresql.PostgresqlDialect;
import dev.whimbrel.dialect.postgresql.PostgresqlIntrospector;
import dev.whimbrel.dialect.sqlite.SqliteDialect;
import dev.whimbrel.dialect.sqlite.SqliteIntrospector;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.introspect.Introspector;

/** The dialects, by name. */
final class Engines {
  private Engines() {}

  static Dialect named(String name) {
    return switch (name) {
      case "", "postgresql" -> PostgresqlDialect.create();
      case "sqlite" -> SqliteDialect.create();
      default ->
          throw Problem.of(ErrorCode.E_CONFIG, "url.scheme").with("scheme", name).toException();
    };
  }

  /** What reads the schemas of an engine that is {@link #named}. */
  static Introspector introspector(String name) {
    return name.equals("sqlite") ? new SqliteIntrospector() : new PostgresqlIntrospector();
  }
}
