package dev.whimbrel.testkit.introspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.dialect.postgresql.PostgresqlIntrospector;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.schema.CanonicalText;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each single change is seen as exactly the facts it is about, no more and no less. */
class SingleChangeTest {
  private static final int OLDEST = 14;
  private static final int NEWEST = 18;
  private static final int FEWEST = 84;

  /** One paragraph of {@code changes.txt}. */
  record Change(int since, String sql, List<String> expected) {
    static Change parse(String paragraph) {
      List<String> lines =
          paragraph.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
      String sql = lines.getFirst();
      boolean versioned = sql.startsWith("[");
      int end = sql.indexOf(']');
      return new Change(
          versioned ? Integer.parseInt(sql.substring(1, end)) : OLDEST,
          versioned ? sql.substring(end + 2) : sql,
          lines.stream().skip(1).sorted().toList());
    }
  }

  @TestFactory
  Stream<DynamicTest> isSeenOnTheOldestServer() throws IOException, SQLException {
    return tests(OLDEST);
  }

  @TestFactory
  Stream<DynamicTest> isSeenOnTheNewestServer() throws IOException, SQLException {
    return tests(NEWEST);
  }

  @Test
  void thereAreEnoughOfThem() throws IOException {
    assertThat(changes()).hasSizeGreaterThanOrEqualTo(FEWEST);
  }

  private static Stream<DynamicTest> tests(int major) throws IOException, SQLException {
    Session session = new Session(major);
    return changes().stream()
        .filter(change -> change.since() <= major)
        .map(change -> DynamicTest.dynamicTest(change.sql(), () -> session.check(change)))
        .onClose(session::close);
  }

  private static List<Change> changes() throws IOException {
    return Arrays.stream(resource("changes.txt").split("\n\n", -1))
        .filter(text -> text.lines().anyMatch(line -> !line.startsWith("#") && !line.isBlank()))
        .map(Change::parse)
        .toList();
  }

  /** One transaction with the base schema in it; each change is made and taken back. */
  private static final class Session {
    private final TestDatabase database;
    private final Connection connection;
    private final Schema before;

    Session(int major) throws IOException, SQLException {
      database = PostgresExtension.create(major);
      connection = database.connect();
      connection.setAutoCommit(false);
      run(connection, resource("base.sql"));
      before = read(connection);
    }

    void check(Change change) throws SQLException {
      Savepoint savepoint = connection.setSavepoint();
      try {
        run(connection, change.sql());
        assertThat(differences(before, read(connection))).isEqualTo(change.expected());
      } finally {
        connection.rollback(savepoint);
      }
    }

    void close() {
      try {
        connection.close();
        database.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<String> differences(Schema before, Schema after) {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, CanonicalText.Difference> each :
        CanonicalText.compare(before.toString(), after.toString()).entrySet()) {
      CanonicalText.Difference difference = each.getValue();
      String sign = difference.before() == null ? "+" : difference.after() == null ? "-" : "~";
      found.add(sign + " " + each.getKey());
    }
    assertThat(found.isEmpty()).isEqualTo(before.equals(after));
    return found.stream().sorted().toList();
  }

  private static Schema read(Connection connection) {
    return new PostgresqlIntrospector().introspect(connection, IntrospectOptions.defaults());
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String resource(String name) throws IOException {
    try (InputStream in = SingleChangeTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
