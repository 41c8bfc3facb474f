package dev.whimbrel.cli.command;

import dev.whimbrel.cli.config.Keys;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Short ways to declare what a command understands. */
final class Spec {
  private Spec() {}

  /** An option without a value. */
  static void flag(CommandSpec spec, String about, String... names) {
    spec.addOption(
        OptionSpec.builder(names).type(boolean.class).arity("0").description(about).build());
  }

  /** An option with one value. */
  static void text(CommandSpec spec, String label, String about, String... names) {
    spec.addOption(
        OptionSpec.builder(names)
            .type(String.class)
            .arity("1")
            .paramLabel(label)
            .description(about)
            .build());
  }

  /** An option that may come several times, or with commas. */
  static void texts(CommandSpec spec, String label, String about, String... names) {
    spec.addOption(
        OptionSpec.builder(names)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .splitRegex(",")
            .paramLabel(label)
            .description(about)
            .build());
  }

  /** The only parameter. */
  static void parameter(CommandSpec spec, String label, boolean required, String about) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .type(String.class)
            .required(required)
            .arity(required ? "1" : "0..1")
            .paramLabel(label)
            .description(about)
            .build());
  }

  /** All parameters. */
  static void parameters(CommandSpec spec, String label, boolean required, String about) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .required(required)
            .arity(required ? "1..*" : "0..*")
            .paramLabel(label)
            .description(about)
            .build());
  }

  /** The facade's options, for a command that works with a database. */
  static void database(CommandSpec spec) {
    for (Keys.Key key : Keys.OPTIONS) {
      String name = "--" + key.option();
      if (key.kind() == Keys.Kind.TEXTS) {
        texts(spec, "TEXT", key.about(), name);
        continue;
      }
      OptionSpec.Builder option =
          OptionSpec.builder(name).type(String.class).description(key.about());
      if (key.kind() == Keys.Kind.FLAG) {
        option.arity("0..1").fallbackValue("true").paramLabel("true|false");
      } else {
        option.arity("1").paramLabel(key.kind().name());
      }
      spec.addOption(option.build());
    }
  }
}
