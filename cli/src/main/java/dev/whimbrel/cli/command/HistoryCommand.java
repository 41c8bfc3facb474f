package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.cli.arguments.CommandSpec;

/** {@code history}: all revisions, newest first. */
final class HistoryCommand implements Command {
  @Override
  public String name() {
    return "history";
  }

  @Override
  public String summary() {
    return "All revisions, newest first.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.text(spec, "FROM:TO", "Only this range; either side may be empty.", "-r", "--rev-range");
    Spec.flag(spec, "Ask the database, and mark what it has.", "-i", "--indicate-current");
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    String given = call.option("-r");
    String range = given == null ? "" : given;
    boolean database = call.has("-i") || range.contains("current");
    Whimbrel whimbrel = database ? call.online() : call.offline();
    Result.Listing history = whimbrel.history(range, database);
    history.revisions().forEach(entry -> call.console().line(Listings.history(entry)));
    return call.answer(null, history.exit(), Listings.fields(history));
  }
}
