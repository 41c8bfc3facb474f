package dev.whimbrel.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Help, made from what the commands declare. */
public final class HelpText {
  private static final int WIDTH = 98;

  private final List<String> lines = new ArrayList<>();
  private final int column;

  private HelpText(int column) {
    this.column = column;
  }

  /** All commands in a line each, and the options they share. */
  public static List<String> all(CommandSpec root) {
    HelpText help = new HelpText(16);
    help.lines.add("Usage: whimbrel [OPTIONS] COMMAND");
    help.lines.add("");
    help.lines.add(
        "Database migrations for Java: a graph of plain SQL revisions, and a careful gate.");
    help.title("Commands:");
    for (CommandLine command : root.subcommands().values()) {
      CommandSpec spec = command.getCommandSpec();
      help.row(spec.name(), spec.usageMessage().description()[0]);
    }
    help.title("Options, before or after the command:");
    help = help.wider();
    help.options(root.options());
    help.lines.add("");
    help.lines.add("whimbrel help COMMAND shows one command, whimbrel explain CODE an error.");
    return help.lines;
  }

  /** One command with its parameters and options. */
  public static List<String> one(CommandSpec spec) {
    HelpText help = new HelpText(30);
    StringBuilder usage = new StringBuilder("Usage: whimbrel " + spec.name() + " [OPTIONS]");
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      boolean optional = parameter.arity().min() == 0;
      String more = parameter.arity().max() > 1 ? "..." : "";
      usage
          .append(' ')
          .append(optional ? "[" : "")
          .append(parameter.paramLabel())
          .append(optional ? "]" : "")
          .append(more);
    }
    help.lines.add(usage.toString());
    help.lines.add("");
    help.lines.add(spec.usageMessage().description()[0]);
    if (!spec.positionalParameters().isEmpty()) {
      help.title("Parameters:");
      for (PositionalParamSpec parameter : spec.positionalParameters()) {
        help.row(parameter.paramLabel(), String.join(" ", parameter.description()));
      }
    }
    List<OptionSpec> own = new ArrayList<>(spec.options());
    CommandSpec shared = CommandSpec.create();
    Globals.declare(shared);
    own.removeIf(option -> shared.findOption(option.longestName()) != null);
    if (!own.isEmpty()) {
      help.title("Options:");
      help.options(own);
    }
    help.lines.add("");
    help.lines.add("whimbrel help shows the options all commands share.");
    return help.lines;
  }

  private HelpText wider() {
    HelpText wider = new HelpText(30);
    wider.lines.addAll(lines);
    return wider;
  }

  private void title(String title) {
    lines.add("");
    lines.add(title);
  }

  private void options(List<OptionSpec> options) {
    for (OptionSpec option : options) {
      String label =
          option.arity().max() == 0
              ? ""
              : option.arity().min() == 0
                  ? "[=" + option.paramLabel() + "]"
                  : " " + option.paramLabel();
      row(String.join(", ", option.names()) + label, String.join(" ", option.description()));
    }
  }

  /** A name, and what it is about in a column of its own. */
  private void row(String name, String about) {
    StringBuilder line = new StringBuilder("  " + name);
    if (line.length() >= column) {
      lines.add(line.toString());
      line.setLength(0);
    }
    line.append(" ".repeat(column - line.length()));
    for (String word : about.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        line.append(" ".repeat(column));
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().stripTrailing());
  }
}
