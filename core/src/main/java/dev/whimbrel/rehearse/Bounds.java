package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.Observation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bounds of partitions, as conditions. */
final class Bounds {
  private Bounds() {}

  /** Of every relation that became a partition: its name before, and what its rows must satisfy. */
  static Map<String, String> read(Connection connection, List<Observation> observations)
      throws SQLException {
    Map<String, String> bounds = new HashMap<>();
    if (observations.isEmpty()) {
      return bounds;
    }
    Catalog origin = observations.get(0).origin();
    Catalog end = observations.get(observations.size() - 1).after();
    for (Catalog.Relation now : end.relations().values()) {
      Catalog.Relation was = origin.relations().get(now.oid());
      if (was != null && was.isTable() && was.parent() == 0 && now.parent() != 0) {
        try (PreparedStatement statement =
            connection.prepareStatement(
                "select pg_catalog.pg_get_partition_constraintdef(?::oid)")) {
          statement.setLong(1, now.oid());
          try (ResultSet rows = statement.executeQuery()) {
            String bound = rows.next() ? rows.getString(1) : null;
            if (bound != null) {
              bounds.put(was.qualified(), bound);
            }
          }
        }
      }
    }
    return bounds;
  }
}
