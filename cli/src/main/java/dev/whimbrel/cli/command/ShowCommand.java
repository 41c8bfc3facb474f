package dev.whimbrel.cli.command;

import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.cli.output.Fields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code show}: one revision with its SQL. */
final class ShowCommand implements Command {
  @Override
  public String name() {
    return "show";
  }

  @Override
  public String summary() {
    return "One revision with its SQL.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameter(spec, "REV", true, "An address, such as head or 1a2b.");
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    String address = call.parameter("head");
    boolean database = address.contains("current") || address.matches("[+-]\\d+");
    Whimbrel whimbrel = database ? call.online() : call.offline();
    Result.Entry entry = whimbrel.show(address);
    print(call.console(), entry);
    Map<String, @Nullable Object> fields = Fields.entry(entry);
    fields.put("upgrade", entry.upgrade());
    fields.put("downgrade", entry.downgrade());
    return call.answer(null, entry.exit(), fields);
  }

  private static void print(Console console, Result.Entry entry) {
    Result.Revision revision = entry.revision();
    console.line("Rev: " + Listings.name(entry));
    console.line(
        "Parent: "
            + (revision.revises().isEmpty() ? "<base>" : String.join(", ", revision.revises())));
    if (!revision.depends().isEmpty()) {
      console.line("Depends on: " + String.join(", ", revision.depends()));
    }
    if (!revision.phase().isEmpty()) {
      console.line("Phase: " + revision.phase());
    }
    if (revision.file() != null) {
      console.line("Path: " + revision.file());
    }
    if (revision.created() != null) {
      console.line("Created: " + revision.created());
    }
    console.line("Message: " + revision.message());
    console.line("");
    console.line("-- +upgrade");
    console.raw(entry.upgrade().strip().lines().toList());
    String downgrade = entry.downgrade();
    if (downgrade != null) {
      console.line("");
      console.line("-- +downgrade");
      console.raw(downgrade.strip().lines().toList());
    }
  }
}
