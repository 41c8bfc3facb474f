package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.arguments.Option;
import dev.whimbrel.cli.arguments.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Help, made from what the commands declare. */
public final class HelpText {
  private static final int WIDTH = 98;

  private final List<String> lines = new ArrayList<>();
  private final int column;

  private HelpText(int column) {
    this.column = column;
  }

  /** All commands in a line each, and the options they share. */
  public static List<String> all() {
    HelpText help = new HelpText(16);
    help.lines.add("Usage: whimbrel [OPTIONS] COMMAND");
    help.lines.add("");
    help.lines.add(
        "Database migrations for Java: a graph of plain SQL revisions, and a careful gate.");
    help.title("Commands:");
    for (CommandSpec spec : Commands.specs()) {
      help.row(spec.name(), spec.summary());
    }
    help.title("Options, before or after the command:");
    help = help.wider();
    help.options(Commands.shared().options());
    help.lines.add("");
    help.lines.add("whimbrel help COMMAND shows one command, whimbrel explain CODE an error.");
    return help.lines;
  }

  /** One command with its parameters and options. */
  public static List<String> one(CommandSpec spec) {
    HelpText help = new HelpText(30);
    StringBuilder usage = new StringBuilder("Usage: whimbrel " + spec.name() + " [OPTIONS]");
    Parameter parameter = spec.parameter();
    if (parameter != null) {
      usage
          .append(parameter.required() ? " " : " [")
          .append(parameter.label())
          .append(parameter.required() ? "" : "]")
          .append(parameter.several() ? "..." : "");
    }
    help.lines.add(usage.toString());
    help.lines.add("");
    help.lines.add(spec.summary());
    if (parameter != null) {
      help.title("Parameters:");
      help.row(parameter.label(), parameter.about());
    }
    List<Option> own = new ArrayList<>(spec.options());
    CommandSpec shared = Commands.shared();
    own.removeIf(option -> shared.find(option.longest()) != null);
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

  private void options(List<Option> options) {
    for (Option option : options) {
      String label =
          switch (option.takes()) {
            case NOTHING -> "";
            case MAYBE_ONE -> "[=" + option.label() + "]";
            case ONE, SEVERAL, EACH -> " " + option.label();
          };
      row(String.join(", ", option.names()) + label, option.about());
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
