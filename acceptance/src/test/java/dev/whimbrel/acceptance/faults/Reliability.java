package dev.whimbrel.acceptance.faults;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What the faults did, as a page for people. */
final class Reliability {
  private final String version;
  private final Map<Point, Map<Fault.Kind, int[]>> runs = new EnumMap<>(Point.class);
  private int lost;

  /** What a message is about. */
  private enum Point {
    LOOK("looking at the database and its history"),
    LOCK("taking or checking the lock"),
    BEGIN("beginning a transaction"),
    STATEMENT("a statement of a revision"),
    JOURNAL("a line of the journal"),
    COMMIT("the commit of a revision with its row"),
    SETTINGS("settings around a statement outside a transaction"),
    BOOKS("the history's own tables, and the schema that is remembered");

    private final String words;

    Point(String words) {
      this.words = words;
    }

    static Point of(String sql) {
      String text = sql.strip().toLowerCase(Locale.ROOT);
      if (text.contains("advisory")) {
        return LOCK;
      }
      if (text.contains("insert into \"whimbrel\".revision")) {
        return COMMIT;
      }
      if (text.contains("insert into \"whimbrel\".journal")) {
        return JOURNAL;
      }
      if (text.startsWith("set ") || text.startsWith("reset ")) {
        return SETTINGS;
      }
      if (text.startsWith("select") || text.startsWith("with ")) {
        return LOOK;
      }
      if (text.contains("\"whimbrel\"") || text.equals("commit")) {
        return BOOKS;
      }
      return text.startsWith("begin") || text.equals("rollback") ? BEGIN : STATEMENT;
    }
  }

  Reliability(String version) {
    this.version = version;
  }

  void add(Fault fault, String sql, boolean fine) {
    int[] counts =
        runs.computeIfAbsent(Point.of(sql), point -> new EnumMap<>(Fault.Kind.class))
            .computeIfAbsent(fault.kind(), kind -> new int[2]);
    counts[0]++;
    if (!fine) {
      counts[1]++;
      lost++;
    }
  }

  String text() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Reliability

        This page is written by `make faults`, on PostgreSQL %s. A deployment of six revisions (tables, rows with `COPY`,
        concurrent index builds, a new enum value that is used at once, statements outside a transaction, a trigger, `DO`)
        runs again and again, each time with one fault at one message between the deployer and the server: before the server
        has it, while it works on it, and after it has answered but before the answer arrives. Then `deploy` runs once,
        and schema, rows, and history must equal those of a run without a fault.

        A host that vanished leaves its session, with its locks, on the server; the next deployment ends it. Where it is the
        session with the lock itself, its connection is cut instead: the server gives it up by itself after about 25 s.

        """
            .formatted(version));
    page.append("| point |");
    for (Fault.Kind kind : Fault.Kind.values()) {
      page.append(' ').append(kind.words()).append(" |");
    }
    page.append(" lost or doubled |\n|---|").append("--:|".repeat(Fault.Kind.values().length + 1));
    int total = 0;
    for (Map.Entry<Point, Map<Fault.Kind, int[]>> row : runs.entrySet()) {
      page.append("\n| ").append(row.getKey().words).append(" |");
      int harmed = 0;
      for (Fault.Kind kind : Fault.Kind.values()) {
        int[] counts = row.getValue().getOrDefault(kind, new int[2]);
        page.append(' ').append(counts[0]).append(" |");
        total += counts[0];
        harmed += counts[1];
      }
      page.append(' ').append(harmed).append(" |");
    }
    page.append("\n\nRuns: ").append(total).append(". Lost or doubled: ").append(lost);
    return page.append(".\n").toString();
  }
}
