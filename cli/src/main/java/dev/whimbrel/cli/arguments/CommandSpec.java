package dev.whimbrel.cli.arguments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command understands; filled by the commands themselves. Not thread-safe. */
public final class CommandSpec {
  private final String name;
  private final String summary;
  private final List<Option> options = new ArrayList<>();
  private @Nullable Parameter parameter;

  public CommandSpec(String name, String summary) {
    this.name = name;
    this.summary = summary;
  }

  /** The word on the command line. */
  public String name() {
    return name;
  }

  /** One line of help. */
  public String summary() {
    return summary;
  }

  /** Declares an option. */
  public void add(Option option) {
    options.add(option);
  }

  /** Declares the words. */
  public void add(Parameter words) {
    parameter = words;
  }

  /** The options in the order in which they were declared. */
  public List<Option> options() {
    return Collections.unmodifiableList(options);
  }

  /** What the words are; null where there are none. */
  public @Nullable Parameter parameter() {
    return parameter;
  }

  /** The option with a name; null when there is none. */
  public @Nullable Option find(String optionName) {
    for (Option option : options) {
      if (option.names().contains(optionName)) {
        return option;
      }
    }
    return null;
  }
}
