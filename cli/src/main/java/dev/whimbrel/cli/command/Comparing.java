package dev.whimbrel.cli.command;

import dev.whimbrel.Authoring;
import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.cli.output.Text;
import java.util.List;

/** What {@code migrate}, {@code check}, {@code diff} and {@code schema} have in common. */
final class Comparing {
  private static final int SHOWN = 30;
  private static final String KEPT =
      "Kept, though the models do not have them (--drop NAME drops one)";

  private Comparing() {}

  static void declare(CommandSpec spec) {
    Spec.texts(
        spec, "OLD=NEW", "Something was renamed, such as users.name=users.full_name.", "--rename");
    Spec.texts(
        spec, "NAME", "Drop this, though the models do not own it, such as old_table.", "--drop");
    Spec.flag(spec, "Each change in one plain statement, which may block users.", "--offline");
    // As text like the facade's option of this name.
    Spec.choice(spec, "Refuse what no migration can express, instead of listing it.", "--strict");
  }

  static Whimbrel whimbrel(Call call) {
    Whimbrel.Builder builder = call.project().comparing(call.console()::quietly);
    return builder.models(Entities.of(call)).build();
  }

  static Authoring authoring(Call call, String models, List<String> renames) {
    return new Authoring(
        models,
        call.project().config().directory(),
        renames,
        call.options("--drop"),
        call.has("--offline"),
        "true".equals(call.option("--strict")),
        call.project().config().text("models.platform").orElse(""));
  }

  /** What changes, one a line. */
  static void changes(Console console, Result.Migration migration) {
    List<Result.Change> changes = migration.changes();
    for (Result.Change change : changes.subList(0, Math.min(SHOWN, changes.size()))) {
      console.line(
          "   %s %s%s"
              .formatted(
                  change.kind(), change.object(), change.losesData() ? " (loses data)" : ""));
    }
    if (changes.size() > SHOWN) {
      console.line("   and " + Text.count(changes.size() - SHOWN, "more change"));
    }
  }

  /** What is worth knowing beside the changes. */
  static void remarks(Call call, Result.Migration migration) {
    Console console = call.console();
    if (!migration.note().isEmpty()) {
      console.log("⚠️ " + migration.note());
    }
    if (!migration.unmodelled().isEmpty()) {
      console.log("⚠️ No migration can express these, so they are left out:");
      migration.unmodelled().forEach(each -> console.log("   " + each));
    }
    if (migration.kept().isEmpty()) {
      return;
    }
    if (call.globals().verbose()) {
      console.log(KEPT + ":");
      migration.kept().forEach(each -> console.log("   " + each));
    } else {
      console.log(KEPT + ": " + Text.shortened(String.join(", ", migration.kept()), 100));
    }
  }
}
