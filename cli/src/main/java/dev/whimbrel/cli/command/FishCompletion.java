package dev.whimbrel.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A completion script for fish, made from the commands themselves. */
final class FishCompletion {
  private static final String START = "complete -c whimbrel";

  private FishCompletion() {}

  static String of(CommandSpec root) {
    StringBuilder script = new StringBuilder("# Completions of whimbrel for fish.\n");
    script.append(START).append(" -f\n");
    for (OptionSpec option : root.options()) {
      script.append(START).append(option(option)).append('\n');
    }
    for (CommandLine command : root.subcommands().values()) {
      CommandSpec spec = command.getCommandSpec();
      script
          .append(START)
          .append(" -n __fish_use_subcommand -a ")
          .append(spec.name())
          .append(" -d ")
          .append(quoted(spec.usageMessage().description()))
          .append('\n');
      for (OptionSpec option : spec.options()) {
        if (root.findOption(option.longestName()) == null) {
          script
              .append(START)
              .append(" -n '__fish_seen_subcommand_from ")
              .append(spec.name())
              .append('\'')
              .append(option(option))
              .append('\n');
        }
      }
    }
    return script.toString();
  }

  private static String option(OptionSpec option) {
    StringBuilder text = new StringBuilder();
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    if (option.arity().min() > 0) {
      text.append(" -r");
    }
    return text.append(" -d ").append(quoted(option.description())).toString();
  }

  private static String quoted(String[] lines) {
    return "'" + String.join(" ", lines).replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
