package dev.whimbrel;

import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.render.Script;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Runs a proven migration once more where the tables have rows, and says what that shows: a
 * statement that fails where there are rows, or rows that are gone. It is no proof, since real rows
 * are others.
 */
final class SeededProof {
  private static final int ROWS = 2;

  private final Connection connection;
  private final SchemaTools tools;
  private final BiConsumer<Connection, Script> runner;

  SeededProof(Connection connection, SchemaTools tools, BiConsumer<Connection, Script> runner) {
    this.connection = connection;
    this.tools = tools;
    this.runner = runner;
  }

  /** What is worth a warning; the scratch database has the old schema before. */
  List<String> warnings(Schema old, Schema target, Script up, Script down) throws SQLException {
    for (int row = 1; row <= ROWS; row++) {
      insert(tools.seeds().apply(old, row));
    }
    Map<FactId, Long> before = counts(old);
    List<String> warnings = new ArrayList<>();
    try {
      runner.accept(connection, up);
      lost(before, counts(target), "upgrade", warnings);
      runner.accept(connection, down);
      before.keySet().removeIf(table -> !target.contains(table));
      lost(before, counts(old), "downgrade", warnings);
    } catch (Generation.StatementRefused e) {
      warnings.add(
          "Where tables have rows like those tried here, a statement fails: %s in: %s"
              .formatted(e.reason().lines().findFirst().orElse(""), e.sql()));
    }
    return warnings;
  }

  /** A table may refer to one that is filled later, or take no such row at all. */
  private void insert(List<String> statements) throws SQLException {
    List<String> waiting = new ArrayList<>(statements);
    int done;
    do {
      List<String> refused = new ArrayList<>();
      for (String sql : waiting) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(sql);
        } catch (SQLException e) {
          refused.add(sql);
        }
      }
      done = waiting.size() - refused.size();
      waiting = refused;
    } while (done > 0 && !waiting.isEmpty());
  }

  private Map<FactId, Long> counts(Schema schema) throws SQLException {
    Map<FactId, Long> counts = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      for (var table : schema.facts(Kind.TABLE)) {
        String name =
            "\"%s\".\"%s\""
                .formatted(
                    table.id().segment(0).replace("\"", "\"\""),
                    table.id().segment(1).replace("\"", "\"\""));
        try (ResultSet rows = statement.executeQuery("select count(*) from " + name)) {
          rows.next();
          counts.put(table.id(), rows.getLong(1));
        }
      }
    }
    return counts;
  }

  private static void lost(
      Map<FactId, Long> before, Map<FactId, Long> after, String way, List<String> warnings) {
    after.forEach((table, rows) -> {
      if (rows < before.getOrDefault(table, 0L)) {
        warnings.add("The %s loses the rows of %s.".formatted(way, table.display()));
      }
    });
  }
}
