package dev.whimbrel.apply;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.history.History;
import dev.whimbrel.history.JournalEntry;
import dev.whimbrel.history.Unfinished;
import dev.whimbrel.plan.Batch;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.revision.Step;
import dev.whimbrel.sql.Checksum;
import dev.whimbrel.sql.CopyData;
import dev.whimbrel.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a revision in several batches has come; not thread-safe. */
final class Progress {
  private final int done;
  private int begun;
  private @Nullable String remembered;
  private final List<String> reported = new ArrayList<>();

  private Progress(int done, int begun, @Nullable String remembered) {
    this.done = done;
    this.begun = begun;
    this.remembered = remembered;
  }

  static Progress fresh() {
    return new Progress(0, 0, null);
  }

  static boolean isUnfinished(History history, PlanStep step) {
    for (Unfinished unfinished : history.unfinished()) {
      if (unfinished.revision().equals(step.id()) && unfinished.down() != step.up()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads the journal of an unfinished revision. A repeatable one that was changed begins anew.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_INTERRUPTED when a statement that is done has
   *     been changed since
   */
  static Progress of(Dialect dialect, PlanStep step, List<JournalEntry> journal) {
    int done = 0;
    String mark = "";
    int begun = 0;
    String remembered = null;
    for (JournalEntry entry : journal) {
      switch (entry.event()) {
        case STATEMENT_DONE -> {
          done = entry.statement();
          mark = entry.detail();
        }
        case STATEMENT_BEGIN -> {
          begun = entry.statement();
          remembered = entry.detail();
        }
        case BEGIN, BEGIN_DOWN, UPGRADED, DOWNGRADED, ABANDONED, STAMPED, FAILED, INTERRUPTED -> {}
      }
    }
    if (done > 0) {
      Step last = find(step, done);
      boolean same = last != null && mark(dialect, step, last).equals(mark);
      if (!same && step.row().revision().isRepeatable()) {
        return fresh();
      }
      if (!same) {
        throw Stopped.changed(step, last == null ? first(step) : last);
      }
    }
    return begun > done ? new Progress(done, begun, remembered) : new Progress(done, 0, null);
  }

  private static Step first(PlanStep step) {
    return step.batches().get(0).steps().get(0);
  }

  private static @Nullable Step find(PlanStep revision, int index) {
    for (Batch batch : revision.batches()) {
      for (Step step : batch.steps()) {
        if (step.statement().index() == index) {
          return step;
        }
      }
    }
    return null;
  }

  /** A checksum of everything up to and including a statement. */
  static String mark(Dialect dialect, PlanStep revision, Step last) {
    StringBuilder text = new StringBuilder();
    for (Batch batch : revision.batches()) {
      for (Step step : batch.steps()) {
        if (step.statement().index() <= last.statement().index()) {
          text.append(Checksum.of(dialect.lexis(), whole(step.statement()))).append(",\n");
        }
      }
    }
    return Checksum.of(dialect.lexis(), text.toString());
  }

  private static String whole(Statement statement) {
    CopyData rows = statement.data();
    return rows == null ? statement.text() : statement.text() + ";\n" + rows.text() + "\\.\n";
  }

  /** How many statements are done. */
  int done() {
    return done;
  }

  /** What was remembered before a statement whose outcome is unknown; null where it wasn't sent. */
  @Nullable String remembered(Step step) {
    return step.statement().index() == begun ? remembered : null;
  }

  /** Notes that a statement is about to be sent, and what things were like before it. */
  void sent(Step step, String before) {
    begun = step.statement().index();
    remembered = before;
  }

  String describe() {
    return begun > 0
        ? "statement " + begun + " was sent, and its outcome is looked up"
        : done + " statements are done";
  }

  void report(String statement, List<String> doneList) {
    reported.add(statement);
    doneList.add(statement);
  }

  /** The revision is done as a whole: its statements need not be listed any more. */
  void clear(List<String> doneList) {
    doneList.removeAll(reported);
  }
}
