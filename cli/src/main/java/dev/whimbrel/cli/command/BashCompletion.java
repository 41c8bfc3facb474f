package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.arguments.Option;
import java.util.List;

/** A completion script for bash, which zsh understands too, made from the commands themselves. */
final class BashCompletion {
  private BashCompletion() {}

  static String script() {
    StringBuilder cases = new StringBuilder();
    CommandSpec shared = Commands.shared();
    for (CommandSpec spec : Commands.specs()) {
      StringBuilder own = new StringBuilder();
      for (Option option : spec.options()) {
        if (shared.find(option.longest()) == null) {
          own.append(' ').append(option.longest());
        }
      }
      if (!own.isEmpty()) {
        cases
            .append("    ")
            .append(spec.name())
            .append(") words=\"$words")
            .append(own)
            .append("\" ;;\n");
      }
    }
    return """
    # Completions of whimbrel for bash and zsh.
    if [ -n "${ZSH_VERSION:-}" ]; then
      autoload -U +X bashcompinit && bashcompinit
    fi
    _whimbrel() {
      local words='%s' command='' i
      for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
          %s) ((i++)) ;;
          -*) ;;
          *) command=${COMP_WORDS[i]}; break ;;
        esac
      done
      case $command in
        '') words="$words %s" ;;
    %s  esac
      COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
    }
    complete -o default -F _whimbrel whimbrel
    """
        .formatted(
            String.join(" ", longest(shared.options())),
            String.join("|", Globals.WITH_VALUE),
            String.join(" ", Commands.NAMES),
            cases);
  }

  private static List<String> longest(List<Option> options) {
    return options.stream().map(Option::longest).toList();
  }
}
