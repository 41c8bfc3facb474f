package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.cli.output.Text;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code fix}: find the version of a database that has tables but no history, and record it. */
final class FixCommand implements Command {
  private static final int SHOWN = 8;

  @Override
  public String name() {
    return "fix";
  }

  @Override
  public String summary() {
    return "Find the version of an untracked database, show the evidence, record it.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    Result.Located located = call.online().fix();
    Result.Candidate best = located.candidates().getFirst();
    show(call.console(), located, best);
    if (!best.equal()) {
      throw Problem.of(ErrorCode.E_UNTRACKED, "fix.nearest")
          .with("revision", String.join(" ", best.revisions()))
          .with("message", best.message())
          .with("differences", String.join("\n  ", best.differences()))
          .toException();
    }
    call.confirm(
        "Nothing is run; only the version %s is recorded."
            .formatted(Text.versions(best.revisions())));
    Result.Stamp stamp = call.telling().stamp(best.revisions(), false, true);
    Map<String, @Nullable Object> fields = Fields.object();
    call.database(fields, stamp.database());
    fields.put("compared", located.compared());
    fields.put("candidates", located.candidates().stream().map(Fields::candidate).toList());
    fields.put("from", stamp.from());
    fields.put("to", stamp.to());
    return call.answer(null, stamp.exit(), fields);
  }

  private static void show(Console console, Result.Located located, Result.Candidate best) {
    console.line(
        "🔄 Untracked database; compared its schema with %s, replayed on a scratch server"
            .formatted(Text.count(located.compared(), "revision")));
    for (Result.Candidate each :
        located.candidates().subList(0, Math.min(SHOWN, located.candidates().size()))) {
      console.line(
          "   %s  %s: %s"
              .formatted(Text.versions(each.revisions()), each.message(), verdict(each)));
    }
    if (!best.equal()) {
      return;
    }
    console.line(
        "✅ The database has %s the schema of %s"
            .formatted(
                best.strange().isEmpty() ? "exactly" : "all of", Text.versions(best.revisions())));
    if (!best.strange().isEmpty()) {
      console.line(
          "   and what no revision makes: "
              + Text.shortened(String.join(", ", best.strange()), 200));
    }
    List<Result.Candidate> also =
        located.candidates().stream().skip(1).filter(Result.Candidate::equal).toList();
    for (Result.Candidate each : also) {
      console.line(
          "   %s has the same schema; if the database is there: whimbrel stamp %s"
              .formatted(Text.versions(each.revisions()), String.join(" ", each.revisions())));
    }
  }

  private static String verdict(Result.Candidate candidate) {
    if (candidate.equal()) {
      return "equal";
    }
    return Text.count(candidate.differences().size(), "difference")
        + ", such as "
        + candidate.differences().getFirst();
  }
}
