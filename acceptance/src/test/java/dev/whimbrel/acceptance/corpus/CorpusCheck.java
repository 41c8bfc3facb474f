package dev.whimbrel.acceptance.corpus;

import dev.whimbrel.diff.Difference;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.render.Situation;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import dev.whimbrel.testkit.RoundTrip;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes both sides of a pair to each other and back. */
final class CorpusCheck {
  private static final Pattern NO_ROLE = Pattern.compile("role \"(.+?)\" does not exist");
  private static final String DUPLICATE_SCHEMA = "42P06";

  private final RoundTrip trip;
  private final Observer observer;

  CorpusCheck(int major, Observer observer) {
    trip = new RoundTrip(major);
    this.observer = observer;
  }

  /** Looks at a database in a way that shares no code with what is tested. */
  @FunctionalInterface
  interface Observer {
    /** The schema as text, or an empty one when there is no such tool. */
    String dump(Connection connection) throws SQLException;
  }

  /**
   * What became of a pair.
   *
   * @param kind {@code passed}, {@code failed} or {@code skipped}
   * @param reason in a few words, empty when it passed
   * @param detail for whoever looks into it
   */
  record Outcome(CorpusPair pair, String kind, String reason, String detail) {}

  Outcome check(CorpusPair pair, Connection left, Connection right) throws SQLException {
    try {
      load(pair, pair.a(), left);
      load(pair, pair.b(), right);
    } catch (SQLException | WhimbrelException e) {
      return new Outcome(pair, "skipped", "does not load: " + firstLine(e), "");
    }
    try {
      Schema a = trip.read(left);
      Schema b = trip.read(right);
      String dumpA = observer.dump(left);
      String dumpB = observer.dump(right);
      Difference same = trip.compare(a, a);
      if (!same.isEmpty()) {
        return failed(pair, "differs from itself", same.changes().toString());
      }
      if (pair.a().equals(pair.b()) && !trip.compare(a, b).isEmpty()) {
        return failed(pair, "equal files differ", trip.compare(a, b).changes().toString());
      }
      for (Direction direction :
          List.of(
              new Direction("a to b", left, b, a, dumpB, dumpA),
              new Direction("b to a", right, a, b, dumpA, dumpB))) {
        run(direction);
      }
      String unknown =
          a.unmodelled().isEmpty() && b.unmodelled().isEmpty()
              ? ""
              : "not modelled: " + a.unmodelled() + " " + b.unmodelled();
      return new Outcome(pair, "passed", unknown, "");
    } catch (RoundTrip.Mismatch | WhimbrelException | SQLException e) {
      return failed(pair, firstLine(e), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return failed(pair, e.toString(), stack(e));
    }
  }

  private static String stack(RuntimeException e) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < Math.min(8, e.getStackTrace().length); i++) {
      lines.add(e.getStackTrace()[i].toString());
    }
    return String.join("\n", lines);
  }

  private record Direction(
      String name, Connection database, Schema to, Schema back, String dump, String dumpBack) {}

  private void run(Direction way) throws SQLException, RoundTrip.Mismatch {
    trip.go(way.database(), way.to(), Situation.Style.ONLINE);
    agree(way.database(), way.dump(), way.to());
    trip.go(way.database(), way.back(), new Situation.Style(true, true));
    agree(way.database(), way.dumpBack(), way.back());
  }

  /** Compares dumps where nothing was matched by structure, which a dump cannot do. */
  private void agree(Connection database, String expected, Schema schema)
      throws SQLException, RoundTrip.Mismatch {
    if (!expected.isEmpty() && trip.read(database).equals(schema)) {
      String difference = DumpText.difference(expected, observer.dump(database));
      if (!difference.isEmpty()) {
        throw new RoundTrip.Mismatch("pg_dump differs: " + difference, null);
      }
    }
  }

  private static void load(CorpusPair pair, String sql, Connection connection) throws SQLException {
    pair.roles().forEach(role -> createRole(role, connection));
    for (String before : pair.before()) {
      RoundTrip.load(connection, before);
    }
    for (var statement : new Splitter(Lexis.postgresql()).split("", sql)) {
      if (statement.data() == null) {
        run(statement.text(), connection);
      }
    }
  }

  /** What was prepared is not made again; a role that only one side names is made on the way. */
  private static void run(String sql, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try {
        statement.execute(sql);
      } catch (SQLException e) {
        Matcher role = NO_ROLE.matcher(String.valueOf(e.getMessage()));
        if (role.find()) {
          createRole(role.group(1), connection);
          run(sql, connection);
        } else if (!DUPLICATE_SCHEMA.equals(e.getSQLState())) {
          throw e;
        }
      }
    }
  }

  private static void createRole(String role, Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create role \"" + role.replace("\"", "\"\"") + "\"");
    } catch (SQLException e) {
      // The server has it from an earlier pair.
    }
  }

  private static Outcome failed(CorpusPair pair, String reason, String detail) {
    return new Outcome(pair, "failed", reason, detail);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
