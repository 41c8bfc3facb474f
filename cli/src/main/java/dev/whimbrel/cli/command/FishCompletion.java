package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.arguments.Option;

/** A completion script for fish, made from the commands themselves. */
final class FishCompletion {
  private static final String START = "complete -c whimbrel";

  private FishCompletion() {}

  static String script() {
    CommandSpec shared = Commands.shared();
    StringBuilder script = new StringBuilder("# Completions of whimbrel for fish.\n");
    script.append(START).append(" -f\n");
    for (Option option : shared.options()) {
      script.append(START).append(option(option)).append('\n');
    }
    for (CommandSpec spec : Commands.specs()) {
      script
          .append(START)
          .append(" -n __fish_use_subcommand -a ")
          .append(spec.name())
          .append(" -d ")
          .append(quoted(spec.summary()))
          .append('\n');
      for (Option option : spec.options()) {
        if (shared.find(option.longest()) == null) {
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

  private static String option(Option option) {
    StringBuilder text = new StringBuilder();
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    if (option.takes() != Option.Takes.NOTHING && option.takes() != Option.Takes.MAYBE_ONE) {
      text.append(" -r");
    }
    return text.append(" -d ").append(quoted(option.about())).toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
