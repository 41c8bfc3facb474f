package dev.whimbrel.source;

import dev.whimbrel.schema.Fact;
import java.sql.Connection;
import java.sql.SQLException;

/** Says what a schema should be, by filling an empty database of the same engine. */
public interface SchemaSource {

  /** For people, such as {@code file:schema.sql}. */
  String name();

  /** Of everything that the content depends on: 64 hex digits. */
  String checksum();

  /**
   * Fills an empty scratch database.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_SOURCE} when it has an error, with the
   *     file, the line and the statement where there are any
   */
  void fill(Connection connection) throws SQLException;

  /**
   * Whether a fact that only revisions have made goes when this source does not have it. Entities
   * say nothing of functions or triggers, which then stay.
   */
  default boolean owns(Fact fact) {
    return true;
  }
}
