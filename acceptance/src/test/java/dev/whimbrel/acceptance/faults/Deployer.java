package dev.whimbrel.acceptance.faults;

import java.io.IOException;
import java.nio.file.Path;

/** {@code whimbrel deploy} as a process of its own. */
final class Deployer {
  private Deployer() {}

  /** Starts one whose words nobody hears. */
  static Process start(Path migrations, String url) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.whimbrel.cli.Main",
            "-C",
            migrations.resolve("..").toString(),
            "deploy");
    builder.environment().put("WHIMBREL_MIGRATIONS", migrations.getFileName().toString());
    builder.environment().put("WHIMBREL_DATABASE_URL", url);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return builder.start();
  }
}
