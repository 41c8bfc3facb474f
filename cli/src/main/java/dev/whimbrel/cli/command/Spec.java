package dev.whimbrel.cli.command;

import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.arguments.Option;
import dev.whimbrel.cli.arguments.Option.Takes;
import dev.whimbrel.cli.arguments.Parameter;
import dev.whimbrel.cli.config.Keys;
import java.util.List;

/** Short ways to declare what a command understands. */
final class Spec {
  private Spec() {}

  /** An option without a value. */
  static void flag(CommandSpec spec, String about, String... names) {
    spec.add(new Option(List.of(names), Takes.NOTHING, "", about));
  }

  /** An option that is true, unless a value behind an equals sign says otherwise. */
  static void choice(CommandSpec spec, String about, String name) {
    spec.add(new Option(List.of(name), Takes.MAYBE_ONE, "true|false", about));
  }

  /** An option with one value. */
  static void text(CommandSpec spec, String label, String about, String... names) {
    spec.add(new Option(List.of(names), Takes.ONE, label, about));
  }

  /** An option that may come several times, or with commas. */
  static void texts(CommandSpec spec, String label, String about, String... names) {
    spec.add(new Option(List.of(names), Takes.SEVERAL, label, about));
  }

  /** An option that may come several times, whose values may have commas. */
  static void each(CommandSpec spec, String label, String about, String... names) {
    spec.add(new Option(List.of(names), Takes.EACH, label, about));
  }

  /** The only parameter. */
  static void parameter(CommandSpec spec, String label, boolean required, String about) {
    spec.add(new Parameter(label, required, false, about));
  }

  /** All parameters. */
  static void parameters(CommandSpec spec, String label, boolean required, String about) {
    spec.add(new Parameter(label, required, true, about));
  }

  /** The facade's options, for a command that works with a database. */
  static void database(CommandSpec spec) {
    for (Keys.Key key : Keys.OPTIONS) {
      String name = "--" + key.option();
      if (key.kind() == Keys.Kind.TEXTS) {
        texts(spec, "TEXT", key.about(), name);
        continue;
      }
      if (key.kind() == Keys.Kind.FLAG) {
        choice(spec, key.about(), name);
      } else {
        text(spec, key.kind().name(), key.about(), name);
      }
    }
  }
}
