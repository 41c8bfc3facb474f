package dev.whimbrel.cli.command;

import dev.whimbrel.Result;

/** {@code branches}: the revisions that several others revise. */
final class BranchesCommand implements Command {
  @Override
  public String name() {
    return "branches";
  }

  @Override
  public String summary() {
    return "The revisions that several others revise.";
  }

  @Override
  public int run(Call call) {
    Result.Listing branches = call.offline().branches();
    for (Result.Entry entry : branches.revisions()) {
      call.console().line(Listings.name(entry) + ", " + entry.revision().message());
      entry.children().forEach(child -> call.console().line("   -> " + child));
    }
    return call.answer(null, branches.exit(), Listings.fields(branches));
  }
}
