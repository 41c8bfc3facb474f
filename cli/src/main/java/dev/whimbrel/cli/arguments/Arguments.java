package dev.whimbrel.cli.arguments;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Nearest;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    boolean onlyWords = false;
    for (int i = 0; i < line.size(); i++) {
      String word = line.get(i);
      if (onlyWords || !isOption(word)) {
        words.add(word);
      } else if (word.equals("--")) {
        onlyWords = true;
      } else {
        i += option(word, i + 1 < line.size() ? line.get(i + 1) : null, command);
      }
    }
  }

  private static String key(Option option) {
    return option.names().get(0);
  }

  /** A number with its sign says how far to go. */
  private static boolean isOption(String word) {
    return word.startsWith("-") && word.length() > 1 && !Character.isDigit(word.charAt(1));
  }

  /** Reads an option and returns how many of the next words belong to it. */
  private int option(String word, @Nullable String next, String command) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    String attached = equals < 0 ? null : word.substring(equals + 1);
    Option option = spec.find(name);
    if (option == null && !word.startsWith("--") && word.length() > 2) {
      return shortOptions(word, next, command);
    }
    if (option == null) {
      throw unknown(name, command);
    }
    return value(option, name, attached, next, command);
  }

  /** Several letters behind one dash, of which the last may take a value: {@code -yC DIR}. */
  private int shortOptions(String word, @Nullable String next, String command) {
    for (int i = 1; i < word.length(); i++) {
      String name = "-" + word.charAt(i);
      Option option = spec.find(name);
      if (option == null) {
        throw unknown(i == 1 ? word : name, command);
      }
      boolean last = i == word.length() - 1;
      if (option.takes() != Option.Takes.NOTHING && !last) {
        return value(option, name, word.substring(i + 1), next, command);
      }
      if (last) {
        return value(option, name, null, next, command);
      }
      put(option, name, GIVEN, command);
    }
    return 0;
  }

  private int value(
      Option option,
      String name,
      @Nullable String attached,
      @Nullable String next,
      String command) {
    switch (option.takes()) {
      case NOTHING -> {
        if (attached != null) {
          throw usage("The option " + name + " takes no value", command);
        }
        put(option, name, GIVEN, command);
      }
      case MAYBE_ONE -> put(option, name, attached == null ? GIVEN : attached, command);
      case ONE, SEVERAL, EACH -> {
        if (attached == null && (next == null || spec.find(next) != null)) {
          throw usage("Missing value for option " + name + ": " + option.label(), command);
        }
        put(option, name, attached == null ? String.valueOf(next) : attached, command);
        return attached == null ? 1 : 0;
      }
    }
    return 0;
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

  private WhimbrelException unknown(String name, String command) {
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
