package dev.whimbrel.introspect;

import dev.whimbrel.schema.Schema;
import java.sql.Connection;

/** Reads the schema of a live database; each engine has one. */
@FunctionalInterface
public interface Introspector {
  /**
   * Reads everything that {@code options} leaves inside, as of one moment.
   *
   * <p>Nothing is written, and the connection is left as it was found: in auto-commit mode a
   * read-only transaction of its own is opened and ended; inside an open transaction its
   * uncommitted changes are seen and it stays open.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_SOURCE} if the catalog cannot be read
   */
  Schema introspect(Connection connection, IntrospectOptions options);
}
