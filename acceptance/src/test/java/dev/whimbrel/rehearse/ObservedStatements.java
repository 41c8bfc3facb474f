package dev.whimbrel.rehearse;

import dev.whimbrel.hazard.Catalog;
import dev.whimbrel.hazard.Observation;
import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs {@code observed/statements.sql} on one server under a {@link Watch}. */
final class ObservedStatements {
  private ObservedStatements() {}

  /**
   * A section of the file.
   *
   * @param before SQL that prepares it, maybe empty
   */
  record Section(String name, boolean outside, String before, String sql) {}

  /** What one statement did, in words that can be compared. */
  record Row(
      Map<String, String> locks,
      List<String> rewrites,
      Map<String, Long> passes,
      List<String> built) {
    String text() {
      return "%s | %s | %s | %s"
          .formatted(
              join(locks.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList()),
              join(rewrites),
              join(
                  passes.entrySet().stream()
                      .map(e -> e.getValue() <= 1 ? e.getKey() : e.getKey() + " ×" + e.getValue())
                      .toList()),
              join(built));
    }

    private static String join(List<String> parts) {
      return String.join(", ", parts);
    }
  }

  static List<Section> sections() throws IOException {
    List<Section> sections = new ArrayList<>();
    try (InputStream file =
        ObservedStatements.class.getResourceAsStream("/observed/statements.sql")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      for (String part : text.split("(?m)^-- == ", -1)) {
        if (!part.startsWith("--") && !part.isBlank()) {
          int end = part.indexOf('\n');
          String name = part.substring(0, end).strip();
          String[] halves = part.substring(end + 1).split("(?m)^-- then\n", -1);
          sections.add(
              new Section(
                  name.replace("outside: ", ""),
                  name.startsWith("outside: "),
                  halves.length == 2 ? halves[0].strip() : "",
                  halves[halves.length - 1].strip()));
        }
      }
    }
    return sections;
  }

  static Map<String, Row> run(int major) throws SQLException, IOException {
    Map<String, Row> rows = new LinkedHashMap<>();
    List<Section> sections = sections();
    Section setup = sections.remove(0);
    try (TestDatabase shared = PostgresExtension.create(major)) {
      prepare(shared, setup);
      for (Section section : sections) {
        if (section.outside()) {
          try (TestDatabase own = PostgresExtension.create(major)) {
            prepare(own, setup);
            rows.put(section.name(), one(own, section));
          }
        } else {
          rows.put(section.name(), one(shared, section));
        }
      }
    }
    return rows;
  }

  private static void prepare(TestDatabase database, Section setup) throws SQLException {
    database.execute(setup.sql());
    database.execute("analyze");
  }

  private static Row one(TestDatabase database, Section section) throws SQLException {
    try (Connection connection = database.connect()) {
      Watch watch =
          new Watch(database::connect, Seeds.present(Catalog.empty(), counts(connection)));
      connection.setAutoCommit(section.outside());
      try (Statement statement = connection.createStatement()) {
        if (!section.before().isEmpty()) {
          statement.execute(section.before());
        }
        watch.origin(connection);
        Observation seen =
            watch
                .watch(
                    connection,
                    "r",
                    new Splitter(Lexis.postgresql()).split("f", section.sql()).get(0),
                    !section.outside(),
                    () -> statement.execute(section.sql()))
                .observation();
        if (!section.outside()) {
          connection.rollback();
        }
        if (seen.failure() != null && seen.failure().sqlState().equals("42601")) {
          return new Row(Map.of("not in this version", ""), List.of(), Map.of(), List.of());
        }
        if (seen.failure() != null) {
          throw new AssertionError(section.name() + ": " + seen.failure());
        }
        return row(seen);
      }
    }
  }

  private static Map<Long, Long> counts(Connection connection) throws SQLException {
    Map<Long, Long> counts = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select c.oid, (xpath('/row/n/text()', query_to_xml(
                  format('select count(*) as n from only %s', c.oid::regclass), false, true, '')))
                  [1]::text::bigint
                from pg_class c where c.relkind in ('r', 'm')
                  and c.relnamespace = 'public'::regnamespace\
                """)) {
      while (rows.next()) {
        counts.put(rows.getLong(1), rows.getLong(2));
      }
    }
    return counts;
  }

  private static Row row(Observation seen) {
    Map<String, String> locks = new TreeMap<>();
    seen.locks()
        .forEach((oid, mode) -> {
          Catalog.Relation relation = seen.before().relations().get(oid);
          boolean index = relation != null && relation.isIndex();
          // Outside a transaction an index is let go and taken again at moments nobody can name.
          if (seen.transactional() || !index || seen.rewrites().contains(oid)) {
            locks.put(name(seen, oid), mode.label());
          }
        });
    Map<String, Long> passes = new TreeMap<>();
    seen.scans()
        .forEach((oid, scan) ->
            passes.put(
                name(seen, oid),
                scan.rows() == 0 ? 0 : (scan.tuples() + scan.rows() - 1) / scan.rows()));
    TreeSet<String> rewrites = new TreeSet<>();
    seen.rewrites().forEach(oid -> rewrites.add(name(seen, oid)));
    TreeSet<String> built = new TreeSet<>();
    seen.indexBuilds().forEach(oid -> built.add(name(seen, oid)));
    return new Row(locks, List.copyOf(rewrites), passes, List.copyOf(built));
  }

  private static String name(Observation seen, long oid) {
    return seen.name(oid).replaceFirst("^public\\.", "");
  }
}
