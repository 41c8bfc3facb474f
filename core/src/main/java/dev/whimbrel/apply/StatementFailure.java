package dev.whimbrel.apply;

import dev.whimbrel.dialect.Failures;
import dev.whimbrel.dialect.SessionInfo;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.revision.Step;
import dev.whimbrel.sql.Statement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what failed, what is done and what is not. */
final class StatementFailure {
  private static final int SHOWN = 70;

  private StatementFailure() {}

  /**
   * @param step the statement that failed; null for the bookkeeping
   * @param done what is committed
   * @param notDone what is not, this revision first
   */
  static WhimbrelException of(
      Failures failures,
      SQLException failure,
      PlanStep revision,
      @Nullable Step step,
      int attempts,
      List<SessionInfo> blockers,
      List<String> done,
      List<String> notDone) {
    Failures.Meaning meaning = failures.meaning(failure);
    Problem.Builder problem =
        start(meaning, step == null, !blockers.isEmpty())
            .with("blockers", describe(blockers))
            .with("end", blockers.isEmpty() ? "" : blockers.get(0).end())
            .with("revision", revision.id())
            .with("direction", revision.up() ? "upgrade" : "downgrade")
            .with("message", failures.message(failure))
            .with("attempts", attempts)
            .with("command", revision.up() ? "whimbrel deploy" : "whimbrel downgrade")
            .done(done)
            .notDone(notDone);
    if (step == null) {
      return problem.at(Place.of(revision.file())).toException(failure);
    }
    Statement statement = step.statement();
    int position = failures.position(failure);
    Place place = position > 0 ? statement.placeAt(position) : statement.place();
    return problem
        .with("index", statement.index())
        .with("of", revision.statements())
        .at(place)
        .statement(statement.text(), position)
        .toException(failure);
  }

  private static String describe(List<SessionInfo> blockers) {
    List<String> lines = new ArrayList<>();
    for (SessionInfo blocker : blockers) {
      String query = blocker.query().isEmpty() ? "" : ": " + shorten(blocker.query());
      lines.add(Locked.describe(blocker) + query);
    }
    return String.join("\n", lines);
  }

  private static Problem.Builder start(
      Failures.Meaning meaning, boolean bookkeeping, boolean blocked) {
    return switch (meaning) {
      case LOCK_TIMEOUT ->
          Problem.of(ErrorCode.E_STATEMENT, blocked ? "apply.blocked" : "apply.lock-timeout");
      case TRY_AGAIN -> Problem.of(ErrorCode.E_STATEMENT, "apply.conflict");
      case NO_PERMISSION ->
          Problem.of(
              ErrorCode.E_PERMISSION, bookkeeping ? "apply.bookkeeping-right" : "apply.no-right");
      case READ_ONLY -> Problem.of(ErrorCode.E_READ_ONLY, "apply.read-only");
      case NO_ROOM -> Problem.of(ErrorCode.E_STATEMENT, "apply.no-room");
      case CONNECTION_LOST -> Problem.of(ErrorCode.E_UNREACHABLE, "apply.connection-lost");
      case CANCELLED ->
          Problem.of(
              ErrorCode.E_STATEMENT, bookkeeping ? "apply.bookkeeping" : "apply.statement-timeout");
      case NEEDS_NO_TRANSACTION -> Problem.of(ErrorCode.E_STATEMENT, "apply.needs-no-transaction");
      case DUPLICATE, NO_SUCH_TABLE, OTHER ->
          Problem.of(ErrorCode.E_STATEMENT, bookkeeping ? "apply.bookkeeping" : "apply.statement");
    };
  }

  static String describe(PlanStep step) {
    String message = step.row().message();
    return "revision " + step.id() + (message.isEmpty() ? "" : " (" + message + ")");
  }

  static String describe(PlanStep step, Step statement) {
    String shown = shorten(statement.statement().text());
    return "statement " + statement.statement().index() + " of " + step.id() + ": " + shown;
  }

  private static String shorten(String sql) {
    String start = sql.substring(0, Math.min(sql.length(), 4 * SHOWN));
    String text = String.join(" ", start.split("\\s+", -1));
    return text.length() > SHOWN ? text.substring(0, SHOWN - 1) + "…" : text;
  }

  /** What of a plan is not done after it stopped before, or in, a revision. */
  static List<String> remaining(List<PlanStep> steps, int from) {
    List<String> remaining = new ArrayList<>();
    for (int i = from; i < steps.size(); i++) {
      remaining.add(describe(steps.get(i)));
    }
    return remaining;
  }
}
