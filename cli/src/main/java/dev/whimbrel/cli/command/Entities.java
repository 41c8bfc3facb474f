package dev.whimbrel.cli.command;

import dev.whimbrel.Event;
import dev.whimbrel.cli.config.Config;
import dev.whimbrel.cli.config.Keys;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.hibernate.ClassPath;
import dev.whimbrel.hibernate.ClassPathSource;
import dev.whimbrel.hibernate.Ddl;
import dev.whimbrel.hibernate.EntitySource;
import dev.whimbrel.hibernate.ModelOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The entities that {@code [models]} names. A class of its own, loaded only where it is needed. */
final class Entities {
  private static final List<String> SIGNS = List.of("entities", "classpath", "units");

  private Entities() {}

  static boolean areMeant(Config config) {
    return SIGNS.stream().anyMatch(name -> config.has("models." + name));
  }

  static EntitySource of(Call call) {
    Config config = call.project().config();
    return new EntitySource(
        (product, version) -> options(call, product, version),
        config.texts("models.keep"),
        ownsEverything(config),
        ddl -> tell(call, ddl));
  }

  private static boolean ownsEverything(Config config) {
    String owns = config.text("models.owns").orElse("mapped");
    return switch (owns) {
      case "mapped" -> false;
      case "everything" -> true;
      default ->
          throw Problem.of(ErrorCode.E_CONFIG, "cli.unknown-owns")
              .with("value", owns)
              .toException();
    };
  }

  private static ModelOptions options(Call call, String product, String version) {
    Config config = call.project().config();
    long start = System.nanoTime();
    Path directory = config.directory().toAbsolutePath().normalize();
    ClassPath classPath =
        new ClassPathSource(
                directory, directory.resolve(".whimbrel"), news -> call.console().log("🔎 " + news))
            .resolve(config.texts("models.classpath"));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    call.console().quietly(new Event.Timed("  class path", took));
    Duration timeout = config.duration("models.timeout").orElse(Duration.ofMinutes(2));
    return ModelOptions.of(classPath, product, version, directory)
        .withPackages(config.texts("models.entities"))
        .withUnits(config.texts("models.units"))
        .withProfiles(config.texts("models.profiles"))
        .withProperties(config.table(Keys.PROPERTIES))
        .withNaming(
            config.text("models.physical-naming").orElse(null),
            config.text("models.implicit-naming").orElse(null))
        .withJava(config.text("models.java").map(directory::resolve).orElse(null), timeout);
  }

  private static void tell(Call call, Ddl ddl) {
    for (Ddl.Timing timing : ddl.timings()) {
      call.console().quietly(new Event.Timed("  " + timing.part(), timing.time()));
    }
    if (call.globals().verbose()) {
      call.console().log("Hibernate " + ddl.hibernate() + ", with these settings:");
      ddl.settings().forEach(setting -> call.console().log("  " + setting));
    }
    ddl.warnings().forEach(warning -> call.console().quietly(new Event.Warning(warning)));
  }
}
