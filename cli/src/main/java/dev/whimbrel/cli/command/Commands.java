package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands there are; each is made only when it is meant. */
public final class Commands {
  /** Their names, in the order in which help lists them. */
  public static final List<String> NAMES =
      List.of(
          "init",
          "status",
          "migrate",
          "revision",
          "upgrade",
          "downgrade",
          "simulate",
          "lint",
          "deploy",
          "resume",
          "current",
          "heads",
          "history",
          "show",
          "branches",
          "merge",
          "stamp",
          "edit",
          "check",
          "verify",
          "diff",
          "schema",
          "fix",
          "doctor",
          "import",
          "wait",
          "completion",
          "explain",
          "help");

  private Commands() {}

  /** The command with this name; null when there is none. */
  public static @Nullable Command named(String name) {
    return switch (name) {
      case "init" -> new InitCommand();
      case "status" -> new StatusCommand();
      case "migrate" -> new MigrateCommand();
      case "check" -> new CheckCommand();
      case "diff" -> new DiffCommand();
      case "schema" -> new SchemaCommand();
      case "fix" -> new FixCommand();
      case "revision" -> new RevisionCommand();
      case "upgrade" -> new UpgradeCommand();
      case "downgrade" -> new DowngradeCommand();
      case "simulate" -> new SimulateCommand();
      case "lint" -> new LintCommand();
      case "deploy" -> new DeployCommand();
      case "resume" -> new ResumeCommand();
      case "current" -> new CurrentCommand();
      case "heads" -> new HeadsCommand();
      case "history" -> new HistoryCommand();
      case "show" -> new ShowCommand();
      case "branches" -> new BranchesCommand();
      case "merge" -> new MergeCommand();
      case "stamp" -> new StampCommand();
      case "edit" -> new EditCommand();
      case "verify" -> new VerifyCommand();
      case "doctor" -> new DoctorCommand();
      case "import" -> new ImportCommand();
      case "wait" -> new WaitCommand();
      case "completion" -> new CompletionCommand();
      case "explain" -> new ExplainCommand();
      case "help" -> new HelpCommand();
      default -> null;
    };
  }

  /** What a command understands, the options that all share included. */
  public static CommandSpec spec(Command command) {
    CommandSpec spec = new CommandSpec(command.name(), command.summary());
    command.declare(spec);
    Globals.declare(spec);
    return spec;
  }

  /** The options that all commands share. */
  public static CommandSpec shared() {
    CommandSpec shared = new CommandSpec("whimbrel", "");
    Globals.declare(shared);
    return shared;
  }

  /** What each command understands. */
  static List<CommandSpec> specs() {
    List<CommandSpec> specs = new ArrayList<>();
    for (String name : NAMES) {
      Command command = named(name);
      if (command != null) {
        specs.add(spec(command));
      }
    }
    return specs;
  }

  /** What to say about a command that does not exist. */
  public static Problem.Builder unknown(String name) {
    return Problem.of(ErrorCode.E_USAGE, "cli.unknown-command")
        .with("name", name)
        .with(
            "nearest",
            Nearest.to(name, NAMES)
                .map("Did you mean whimbrel %s?"::formatted)
                .orElse("whimbrel help lists all commands."));
  }
}
