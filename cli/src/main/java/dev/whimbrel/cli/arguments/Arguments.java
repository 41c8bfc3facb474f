package dev.whimbrel.cli.arguments;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.jspecify.annotations.Nullable;

/** A command line that was read. */
public final class Arguments {
  private static final String GIVEN = "true";

  private final CommandSpec spec;
  private final Map<String, List<String>> values = new HashMap<>();
  private final List<String> words = new ArrayList<>();

  private Arguments(CommandSpec spec) {
    this.spec = spec;
  }

  /**
   * Reads a command line.
   *
   * @param shared the options that may also stand before the command's name
   * @param before the words before the command's name
   * @param after the words behind it
   * @throws WhimbrelException E_USAGE with the nearest option for an unknown one
   */
  public static Arguments read(
      CommandSpec spec, CommandSpec shared, List<String> before, List<String> after) {
    Arguments outer = new Arguments(shared);
    outer.read(before, spec.name());
    Arguments arguments = new Arguments(spec);
    arguments.read(after, spec.name());
    outer.values.forEach(arguments.values::putIfAbsent);
    arguments.checkWords();
    return arguments;
  }

  /** Whether an option was given. */
  public boolean has(String option) {
    return !texts(option).isEmpty();
  }

  /** The value of an option, {@code true} where none was given with it; null without the option. */
  public @Nullable String text(String option) {
    List<String> found = texts(option);
    return found.isEmpty() ? null : found.get(0);
  }

  /** The values of an option. */
  public List<String> texts(String option) {
    Option found = spec.find(option);
    return found == null ? List.of() : values.getOrDefault(key(found), List.of());
  }

  /** The words that belong to no option. */
  public List<String> words() {
    return words;
  }

  private void read(List<String> line, String command) {
    int end = line.indexOf("--");
    List<String> front = end < 0 ? line : line.subList(0, end);
    List<String> filled = new ArrayList<>(front.size());
    for (String word : front) {
      filled.add(withValue(word));
    }
    CommandLine found = parse(filled.toArray(new String[0]), command);
    for (String word : found.getArgList()) {
      if (isOption(word)) {
        throw refused(word, command);
      }
      words.add(word);
    }
    for (org.apache.commons.cli.Option option : found.getOptions()) {
      String name = name(option);
      String value = option.getValue();
      put(known(name), name, value == null ? GIVEN : value, command);
    }
    if (end >= 0) {
      words.addAll(line.subList(end + 1, line.size()));
    }
  }

  private CommandLine parse(String[] line, String command) {
    DefaultParser parser =
        DefaultParser.builder()
            .setAllowPartialMatching(false)
            .setStripLeadingAndTrailingQuotes(false)
            .get();
    try {
      return parser.parse(options(), null, DefaultParser.NonOptionAction.SKIP, line);
    } catch (MissingArgumentException e) {
      String name = name(e.getOption());
      throw usage("Missing value for option " + name + ": " + known(name).label(), command);
    } catch (ParseException e) {
      throw usage(String.valueOf(e.getMessage()), command);
    }
  }

  /** One for each name, so that errors can use the user's own. */
  private Options options() {
    Options options = new Options();
    for (Option option : spec.options()) {
      boolean value = option.takes() != Option.Takes.NOTHING;
      for (String name : option.names()) {
        boolean word = name.startsWith("--");
        options.addOption(
            new org.apache.commons.cli.Option(
                word ? null : name.substring(1), word ? name.substring(2) : null, value, null));
      }
    }
    return options;
  }

  private static String name(org.apache.commons.cli.Option option) {
    return option.getOpt() == null ? "--" + option.getLongOpt() : "-" + option.getOpt();
  }

  private Option known(String name) {
    return Objects.requireNonNull(spec.find(name), name);
  }

  private static String key(Option option) {
    return option.names().get(0);
  }

  /** An option whose value may be left out. */
  private String withValue(String word) {
    Option option = spec.find(word);
    return option != null && option.takes() == Option.Takes.MAYBE_ONE ? word + "=" + GIVEN : word;
  }

  /** A number with its sign says how far to go. */
  private static boolean isOption(String word) {
    return word.startsWith("-") && word.length() > 1 && !Character.isDigit(word.charAt(1));
  }

  private void put(Option option, String name, String value, String command) {
    List<String> all = values.computeIfAbsent(key(option), unused -> new ArrayList<>());
    switch (option.takes()) {
      case NOTHING -> {
        all.clear();
        all.add(value);
      }
      case MAYBE_ONE, ONE -> {
        if (!all.isEmpty()) {
          throw usage("The option " + name + " is there twice", command);
        }
        all.add(value);
      }
      case SEVERAL -> all.addAll(List.of(value.split(",", -1)));
      case EACH -> all.add(value);
    }
  }

  private void checkWords() {
    Parameter parameter = spec.parameter();
    int most = parameter == null ? 0 : parameter.several() ? Integer.MAX_VALUE : 1;
    if (words.size() > most) {
      throw Problem.of(ErrorCode.E_USAGE, "cli.too-many-words")
          .with("word", words.get(most))
          .with("command", spec.name())
          .toException();
    }
    if (parameter != null && parameter.required() && words.isEmpty() && !has("--help")) {
      throw usage("Missing required parameter: '" + parameter.label() + "'", spec.name());
    }
  }

  private WhimbrelException refused(String word, String command) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (spec.find(name) != null) {
      return usage("The option " + name + " takes no value", command);
    }
    List<String> names = new ArrayList<>();
    for (Option option : spec.options()) {
      names.addAll(option.names());
    }
    return Problem.of(ErrorCode.E_USAGE, "cli.unknown-option")
        .with("name", name)
        .with("command", command)
        .with("nearest", Nearest.to(name, names).map("Did you mean %s? "::formatted).orElse(""))
        .toException();
  }

  private static WhimbrelException usage(String reason, String command) {
    return Problem.of(ErrorCode.E_USAGE, "cli.usage")
        .with("reason", reason)
        .with("command", command)
        .toException();
  }
}
