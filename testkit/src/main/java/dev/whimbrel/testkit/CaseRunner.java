package dev.whimbrel.testkit;

import dev.whimbrel.change.Change;
import dev.whimbrel.diff.Difference;
import dev.whimbrel.render.Script;
import dev.whimbrel.render.Situation;
import dev.whimbrel.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Proves a case file on a real server: the statements are those it expects, they give its other
 * schema, the way back gives the first again, and going up once more works.
 */
public final class CaseRunner {
  private final boolean rewrite;

  /**
   * A runner.
   *
   * @param rewrite put what was generated into a file that expects something else; the case fails
   *     nevertheless
   */
  public CaseRunner(boolean rewrite) {
    this.rewrite = rewrite;
  }

  /**
   * Runs a case.
   *
   * @param major the server's version
   * @param first an empty database
   * @param second another
   * @throws AssertionError with everything that is needed to see why
   */
  public void run(CaseFile file, int major, Connection first, Connection second)
      throws SQLException, IOException {
    RoundTrip trip = new RoundTrip(major);
    RoundTrip.load(first, file.section("before"));
    RoundTrip.load(second, file.section("after"));
    Schema before = trip.read(first);
    Schema after = trip.read(second);
    Difference up = trip.compare(before, after);
    Difference down = trip.compare(up.to(), up.from());
    Script upgrade = trip.script(up, new Situation.Style(!file.offline(), false));
    Script downgrade = trip.script(down, new Situation.Style(!file.offline(), true));
    List<Change> forth = up.changes();
    try {
      arrive(trip, first, upgrade, after, "up");
      hold(file, first);
      arrive(trip, first, downgrade, before, "down");
      arrive(trip, first, upgrade, after, "up again");
      hold(file, first);
    } catch (RoundTrip.Mismatch e) {
      throw new AssertionError(file.file() + ": " + e.getMessage(), e);
    }
    expect(file, upgrade.text(), downgrade.text(forth));
  }

  private static void arrive(
      RoundTrip trip, Connection connection, Script script, Schema expected, String way)
      throws SQLException, RoundTrip.Mismatch {
    RoundTrip.apply(connection, script);
    Difference left = trip.compare(trip.read(connection), expected);
    if (!left.isEmpty()) {
      throw new RoundTrip.Mismatch(
          "left " + way + ":\n" + trip.script(left, Situation.Style.ONLINE).text(), null);
    }
  }

  private static void hold(CaseFile file, Connection connection) throws SQLException {
    for (String query : file.section("holds").lines().filter(line -> !line.isBlank()).toList()) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(query)) {
        if (!rows.next() || !rows.getBoolean(1)) {
          throw new AssertionError(file.file() + ": does not hold: " + query);
        }
      }
    }
  }

  private void expect(CaseFile file, String upgrade, String downgrade) throws IOException {
    boolean same =
        file.section("upgrade").equals(upgrade.strip())
            && file.section("downgrade").equals(downgrade.strip());
    if (!same) {
      if (rewrite) {
        Files.writeString(file.file(), file.with(upgrade, downgrade));
      }
      throw new AssertionError(
          file.file()
              + (rewrite ? " was rewritten" : " expects something else")
              + ".\n-- +upgrade\n"
              + upgrade
              + "-- +downgrade\n"
              + downgrade);
    }
  }
}
