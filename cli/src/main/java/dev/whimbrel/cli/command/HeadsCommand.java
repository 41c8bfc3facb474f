package dev.whimbrel.cli.command;

import dev.whimbrel.Result;

/** {@code heads}: the revisions no other one revises. */
final class HeadsCommand implements Command {
  @Override
  public String name() {
    return "heads";
  }

  @Override
  public String summary() {
    return "The revisions no other one revises.";
  }

  @Override
  public int run(Call call) {
    Result.Listing heads = call.offline().heads();
    heads.revisions().forEach(entry -> call.console().line(Listings.name(entry)));
    return call.answer(null, heads.exit(), Listings.fields(heads));
  }
}
