package dev.whimbrel.cli.arguments;

import java.util.List;

/**
 * An option.
 *
 * @param names with their dashes, such as {@code -v} and {@code --verbose}
 * @param label stands for the value in help; empty where there is none
 */
public record Option(List<String> names, Takes takes, String label, String about) {
  public Option {
    names = List.copyOf(names);
  }

  /** What follows an option. */
  public enum Takes {
    /** Nothing: it is there, or it isn't. */
    NOTHING,
    /** Nothing, or a value behind an equals sign. */
    MAYBE_ONE,
    /** A value; the option comes once. */
    ONE,
    /** A value each time; commas stand between several. */
    SEVERAL,
    /** A value each time, in which commas have no meaning. */
    EACH
  }

  /** The name that explains itself. */
  public String longest() {
    String longest = names.get(0);
    for (String name : names) {
      if (name.length() > longest.length()) {
        longest = name;
      }
    }
    return longest;
  }
}
