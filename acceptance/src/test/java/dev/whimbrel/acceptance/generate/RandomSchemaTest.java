package dev.whimbrel.acceptance.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.render.Situation;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.RoundTrip;
import dev.whimbrel.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas made by chance go to each other and back; a pair that does not is made small. */
class RandomSchemaTest {
  private static final int MAJOR = EmbeddedPostgres.DEFAULT_MAJOR;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void anySchemaComesToAnyOtherAndBack(long seed) throws SQLException {
    List<String> a = new RandomSchema(seed).statements();
    List<String> b = new RandomSchema(seed + 1000).statements();
    String failure = failure(a, b);
    if (failure != null) {
      shrink(a, b);
      shrink(b, a);
      throw new AssertionError(
          "seed " + seed + "\nfrom:\n" + text(a) + "\nto:\n" + text(b) + "\n" + failure(a, b));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void canonicalSqlMakesTheSameSchemaAgain(long seed) throws SQLException {
    RoundTrip trip = new RoundTrip(MAJOR);
    try (TestDatabase one = PostgresExtension.create(MAJOR);
        TestDatabase other = PostgresExtension.create(MAJOR);
        Connection first = one.connect();
        Connection second = other.connect()) {
      RoundTrip.load(first, text(new RandomSchema(seed).statements()));
      Schema schema = trip.read(first);
      String sql =
          trip.script(trip.compare(trip.read(second), schema), Situation.Style.OFFLINE).text();
      RoundTrip.load(second, sql);
      assertThat(trip.compare(trip.read(second), schema).changes()).isEmpty();
    }
  }

  /** Leaves out what the failure does not need, from the end on. */
  private static void shrink(List<String> statements, List<String> other) throws SQLException {
    for (int i = statements.size() - 1; i >= 0; i--) {
      String left = statements.remove(i);
      String still = failure(statements, other);
      if (still == null || still.startsWith("does not load")) {
        statements.add(i, left);
      }
    }
  }

  private static @Nullable String failure(List<String> a, List<String> b) throws SQLException {
    RoundTrip trip = new RoundTrip(MAJOR);
    try (TestDatabase one = PostgresExtension.create(MAJOR);
        TestDatabase other = PostgresExtension.create(MAJOR);
        Connection first = one.connect();
        Connection second = other.connect()) {
      try {
        RoundTrip.load(first, text(a));
        RoundTrip.load(second, text(b));
      } catch (SQLException e) {
        return "does not load: " + e.getMessage();
      }
      Schema from = trip.read(first);
      trip.go(first, trip.read(second), Situation.Style.ONLINE);
      trip.go(first, from, new Situation.Style(true, true));
      return null;
    } catch (RoundTrip.Mismatch e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String text(List<String> statements) {
    return String.join(";\n", new ArrayList<>(statements)) + ";\n";
  }
}
