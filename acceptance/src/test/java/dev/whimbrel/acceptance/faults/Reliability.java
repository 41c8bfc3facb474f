package dev.whimbrel.acceptance.faults;

import dev.whimbrel.acceptance.faults.CutProxy.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the faults did, as a page for people; each is written down as soon as it is over. */
final class Reliability {
  private static final Path PAGE = Path.of("../docs/reliability.md");

  private final Path folder;
  private final Path log;
  private final String version;
  private final String own;
  private final List<Run> runs = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  /** One line of the log. */
  private record Run(Fault.Kind kind, Moment moment, Point point, boolean fine) {}

  /** What a message is about. */
  private enum Point {
    LOOK("looking at the database and its history"),
    LOCK("taking or checking the lock"),
    BEGIN("beginning a transaction"),
    STATEMENT("a statement of a revision"),
    JOURNAL("a line of the journal"),
    COMMIT("the commit of a revision with its row"),
    SETTINGS("settings around a statement outside a transaction"),
    BOOKS("the history's own tables, and the schema that is remembered"),
    NONE("a point that was not passed again, so without a fault");

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

  /**
   * @param folder where the log is, with what earlier parts of the faults wrote
   * @param own the directory of revisions; empty for the built-in one
   */
  Reliability(Path folder, String version, String own) throws IOException {
    this.folder = folder;
    this.version = version;
    this.own = own;
    this.log = Files.createDirectories(folder).resolve("runs.txt");
    for (String line : Files.exists(log) ? Files.readAllLines(log) : List.<String>of()) {
      String[] words = line.split(" ", -1);
      known.add(words[0] + words[1] + words[2]);
      runs.add(
          new Run(
              Fault.Kind.valueOf(words[0]),
              Moment.valueOf(words[1]),
              Point.valueOf(words[3]),
              Boolean.parseBoolean(words[4])));
    }
  }

  /** Whether an earlier part had this fault. */
  boolean has(Fault fault) {
    return known.contains(fault.kind() + fault.moment().name() + fault.point());
  }

  /** One more fault; safe from many threads. */
  synchronized void add(Fault fault, FaultLab.Outcome outcome) throws IOException {
    Run run =
        new Run(
            fault.kind(),
            fault.moment(),
            outcome.at().isEmpty() ? Point.NONE : Point.of(outcome.at()),
            outcome.difference().isEmpty());
    runs.add(run);
    Files.writeString(
        log,
        "%s %s %d %s %s\n"
            .formatted(run.kind, run.moment, fault.point(), run.point.name(), run.fine),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    if (!run.fine) {
      Files.writeString(
          folder.resolve("harmed.txt"),
          "%s at %s\n%s\n\n".formatted(fault, outcome.at(), outcome.difference()),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  /**
   * Writes the page: beside the other documents for the built-in revisions.
   *
   * @param of how many faults there are, of which these may be a part
   */
  void write(int of) throws IOException {
    Files.writeString(own.isEmpty() ? PAGE : folder.resolve("reliability.md"), text(of));
  }

  private String text(int of) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Reliability

        This page is written by `make faults`, on PostgreSQL %s. A deployment of %s
        runs again and again, each time with one fault at one message between the deployer and the server: before the server
        has it, while it works on it, and after it has answered but before the answer arrives. Then `deploy` runs once,
        and schema, rows, history, and the remembered schema must equal those of a run without a fault.
        `make faults DIR=path/to/migrations` does the same with your revisions.

        A host that vanished leaves its session, with its locks, on the server; the next deployment ends it. Where it is the
        session with the lock itself, its connection is cut instead: the server gives it up by itself after about 25 s.
        A server that crashed lost one of its processes to `kill -9`; one that was stopped at once got what `pg_ctl stop -m
        immediate` sends, and was started again.

        """
            .formatted(version, deployment()));
    page.append("| point |");
    for (Fault.Kind kind : Fault.Kind.values()) {
      page.append(' ').append(kind.words()).append(" |");
    }
    page.append(" lost or doubled |\n|---|").append("--:|".repeat(Fault.Kind.values().length + 1));
    List<Run> struck = runs.stream().filter(run -> run.point != Point.NONE).toList();
    for (Point point : Point.values()) {
      row(page, point.words, struck.stream().filter(run -> run.point == point).toList());
    }
    for (Moment moment : Moment.values()) {
      row(page, moment.words(), struck.stream().filter(run -> run.moment == moment).toList());
    }
    row(page, "all", struck);
    page.append("\n\nFaults: ").append(struck.size());
    if (runs.size() < of) {
      page.append(", a part of the ").append(of);
    }
    page.append(". Lost or doubled: ").append(harmed(runs)).append(".\n");
    if (struck.size() < runs.size()) {
      page.append(
          "Points that a run passes only now and then (a wait, a retry), and that three runs did"
              + " not pass again: "
              + (runs.size() - struck.size())
              + ".\n");
    }
    return page.toString();
  }

  private String deployment() {
    return own.isEmpty()
        ? "six revisions (tables, rows with `COPY`,\n"
            + "concurrent index builds, a new enum value that is used at once, statements outside"
            + " a transaction, a trigger, `DO`)"
        : "`" + own + "`";
  }

  private static void row(StringBuilder page, String words, List<Run> some) {
    if (some.isEmpty()) {
      return;
    }
    page.append("\n| ").append(words).append(" |");
    for (Fault.Kind kind : Fault.Kind.values()) {
      page.append(' ').append(some.stream().filter(run -> run.kind == kind).count()).append(" |");
    }
    page.append(' ').append(harmed(some)).append(" |");
  }

  private static long harmed(List<Run> some) {
    return some.stream().filter(run -> !run.fine).count();
  }
}
