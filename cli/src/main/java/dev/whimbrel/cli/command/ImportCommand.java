package dev.whimbrel.cli.command;

import dev.whimbrel.Import;
import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.cli.output.Text;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code import}: bring migrations and history over from another tool. */
final class ImportCommand implements Command {
  private static final int LISTED = 20;

  @Override
  public String name() {
    return "import";
  }

  @Override
  public String summary() {
    return "Bring migrations and history over from another tool.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameters(
        spec, "TOOL DIR", true, "One of " + String.join(", ", Import.tools()) + "; and its files.");
    Spec.flag(spec, "Record the history too, once the schema is proven.", "--adopt");
    Spec.flag(spec, "Bring the files over and look at no database.", "--offline");
    Spec.texts(spec, "FILE", "A script that the tool printed, to go up.", "--sql");
    Spec.texts(spec, "FILE", "A script that the tool printed, to go down.", "--downgrade-sql");
    Spec.text(spec, "CMD", "How to run Alembic, such as alembic or flask db.", "--alembic-command");
    Spec.flag(spec, "Let Alembic run on scratch, and take what it runs.", "--observe");
    Spec.text(spec, "NAMES", "Liquibase: the contexts that are meant.", "--contexts");
    Spec.text(spec, "NAMES", "Liquibase: the labels that are meant.", "--labels");
    Spec.each(
        spec,
        "KEY=VALUE",
        "A setting, or a value that the files compute; its value may have commas.",
        "--set");
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    Whimbrel whimbrel = hasDatabase(call) ? call.online() : call.offline();
    Result.Imported result = whimbrel.importFrom(request(call));
    if (call.console().isText()) {
      show(call.console(), result, call.has("--adopt"));
    }
    Map<String, @Nullable Object> fields = Fields.object();
    Result.Database database = result.database();
    if (database != null) {
      call.database(fields, database);
    }
    fields.put("tool", result.tool());
    fields.put("dryRun", result.dryRun());
    fields.put("revisions", Fields.revisions(result.revisions()));
    fields.put("heads", result.heads());
    fields.put("missing", result.missing());
    fields.put("written", result.written().stream().map(Path::toString).toList());
    fields.put("table", result.table());
    fields.put("current", result.current());
    fields.put("checksums", result.checksums());
    fields.put("proven", result.proven());
    fields.put("recorded", result.recorded());
    fields.put("adopted", result.adopted());
    fields.put("notes", result.notes());
    fields.put("problems", result.problems().stream().map(Fields::problem).toList());
    return call.answer(null, result.exit(), fields);
  }

  private static boolean hasDatabase(Call call) {
    if (call.has("--offline") && call.has("--adopt")) {
      throw Problem.of(ErrorCode.E_USAGE, "cli.import-offline").toException();
    }
    return !call.has("--offline") && (call.has("--adopt") || call.project().database().isPresent());
  }

  private static Import request(Call call) {
    List<String> words = call.parameters();
    if (words.size() > 2) {
      throw Problem.of(ErrorCode.E_USAGE, "cli.import-words")
          .with("words", String.join(" ", words.subList(2, words.size())))
          .toException();
    }
    Path home = call.globals().directory();
    Path directory = home.resolve(words.size() < 2 ? "" : words.get(1));
    String command = call.option("--alembic-command");
    return new Import(
        words.get(0),
        words.size() < 2 && home.toString().isEmpty() ? Path.of(".") : directory,
        paths(home, call.options("--sql")),
        paths(home, call.options("--downgrade-sql")),
        settings(call),
        command == null ? null : new ForeignProgram(command)::print,
        call.has("--adopt"),
        call.globals().yes());
  }

  private static List<Path> paths(Path home, List<String> names) {
    return names.stream().map(home::resolve).toList();
  }

  private static Map<String, String> settings(Call call) {
    Map<String, String> settings = new HashMap<>();
    for (String each : call.options("--set")) {
      int sign = each.indexOf('=');
      if (sign < 1) {
        throw Problem.of(ErrorCode.E_USAGE, "cli.import-set").with("text", each).toException();
      }
      settings.put(each.substring(0, sign), each.substring(sign + 1));
    }
    if (call.has("--observe")) {
      settings.put("observe", "true");
    }
    for (String name : List.of("contexts", "labels")) {
      String value = call.option("--" + name);
      if (value != null) {
        settings.put(name, value);
      }
    }
    return settings;
  }

  private static void show(Console console, Result.Imported result, boolean adopt) {
    console.line(
        result.tool()
            + ": "
            + Text.count(result.revisions().size(), "revision")
            + ", head "
            + Text.versions(result.heads()));
    int missing = result.missing().size();
    int there = result.revisions().size() - missing;
    if (missing > 0 && result.written().isEmpty()) {
      list(console, "   to be written: ", result.missing());
    }
    if (there > 0 && missing > 0) {
      console.line("   already here: " + there);
    }
    list(console, "   written: ", result.written().stream().map(Path::toString).toList());
    if (!result.table().isEmpty()) {
      console.line("   " + result.table() + " says: " + Text.versions(result.current()));
      console.line("   checksums compared and equal: " + result.checksums());
      console.line(
          "   schema on scratch equal to the database's: "
              + (result.proven() ? "yes" : "not proven"));
    }
    result.notes().forEach(note -> console.line("   note: " + note));
    result.problems().forEach(console::problem);
    console.line(ending(result, adopt));
  }

  private static void list(Console console, String before, List<String> items) {
    items.stream().limit(LISTED).forEach(item -> console.line(before + item));
    if (items.size() > LISTED) {
      console.line(before + "… and " + (items.size() - LISTED) + " more");
    }
  }

  private static String ending(Result.Imported result, boolean adopt) {
    if (!result.problems().isEmpty()) {
      return "❌ " + Text.count(result.problems().size(), "problem") + ": nothing was written";
    }
    boolean pending = adopt && !result.recorded() && !result.current().isEmpty();
    if (result.written().isEmpty() && !result.adopted() && result.missing().isEmpty() && !pending) {
      return "✅ Everything is here already; nothing was changed";
    }
    if (result.dryRun()) {
      return "✅ All is well; nothing was written. With --yes it will be"
          + (adopt || result.table().isEmpty() ? "" : "; with --adopt the history too");
    }
    return "✅ "
        + Text.count(result.written().size(), "file")
        + " written"
        + (result.adopted() ? ", history recorded at " + Text.versions(result.current()) : "");
  }
}
