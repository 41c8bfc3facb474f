package dev.whimbrel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The scenarios of the workflow, run with the example's own scripts, word for word. */
@ExtendWith(PostgresExtension.class)
class SeedScenariosTest {
  private static final Path EXAMPLE = Path.of("../examples/werent");

  private static final String FRESH =
      """
      📍 Current database version: None
      📍 Latest migration version: 04f23c4db7a1
      🔄 New migration detected! Running database upgrade...
         Upgrading from: None
         Upgrading to:   04f23c4db7a1
      ✅ Database migration completed successfully!
         Database is now at version: 04f23c4db7a1
      """;

  private static final String NEW =
      """
      📍 Current database version: 04f23c4db7a1
      📍 Latest migration version: 1a2b3c4d5e6f
      🔄 New migration detected! Running database upgrade...
         Upgrading from: 04f23c4db7a1
         Upgrading to:   1a2b3c4d5e6f
      ✅ Database migration completed successfully!
         Database is now at version: 1a2b3c4d5e6f
      """;

  private static final String NEW_REVISION =
      """
      -- revision: 1a2b3c4d5e6f
      -- revises:  04f23c4db7a1
      -- message:  Add new user fields

      -- +upgrade

      alter table users add column date_of_birth date;

      -- +downgrade

      alter table users drop column date_of_birth;
      """;

  @TempDir Path directory;
  private Path project = Path.of("");
  private Path launcher = Path.of("");

  @BeforeEach
  void copyTheExample() throws IOException {
    project = directory.toRealPath().resolve("werent");
    try (Stream<Path> files = Files.walk(EXAMPLE)) {
      for (Path file : files.filter(SeedScenariosTest::belongs).toList()) {
        Path copy = project.resolve(EXAMPLE.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    launcher = directory.resolve("whimbrel");
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -cp '%s' dev.whimbrel.cli.Main \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void threeScenariosOnPostgresql(TestDatabase database) throws Exception {
    threeScenarios(database.url());
    assertThat(
            database.query(
                "select count(*) from information_schema.tables where table_schema = 'public'"))
        .isEqualTo("7");
  }

  @Test
  void threeScenariosOnSqlite() throws Exception {
    threeScenarios("sqlite:werent.db");
  }

  private void threeScenarios(String url) throws Exception {
    Ran before = run(url, "./scripts/migration-manager.sh", "status");
    assertThat(before.out)
        .startsWith("Database version: None\nLatest file version: 04f23c4db7a1\n");

    Ran simulated = run(url, "./scripts/migration-manager.sh", "simulate");
    assertThat(simulated.exit).as(simulated.err).isZero();
    assertThat(simulated.out).contains("Upgrading to:   04f23c4db7a1", "Nothing was changed");

    Ran fresh = run(url, "./render-build.sh");
    assertThat(fresh.exit).as(fresh.err).isZero();
    assertThat(fresh.withoutTimes()).isEqualTo(FRESH);

    Ran again = run(url, "./render-build.sh");
    assertThat(again.exit).isZero();
    assertThat(again.out)
        .contains("✅ Database is already up to date (version: 04f23c4db7a1)\n")
        .doesNotContain("Upgrading");

    Files.writeString(project.resolve("migrations/20260109_1a2b3c4d5e6f_add.sql"), NEW_REVISION);
    Files.writeString(project.resolve("migrations/HEAD"), "1a2b3c4d5e6f\n");
    Ran pending = run(url, "./scripts/migration-manager.sh", "status");
    assertThat(pending.out)
        .startsWith("Database version: 04f23c4db7a1\nLatest file version: 1a2b3c4d5e6f\n");

    Ran upgraded = run(url, "./render-build.sh");
    assertThat(upgraded.exit).as(upgraded.err).isZero();
    assertThat(upgraded.withoutTimes()).isEqualTo(NEW);
  }

  private static boolean belongs(Path file) {
    return !file.toString().contains(".whimbrel") && !file.toString().contains("target");
  }

  private Ran run(String url, String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.endsWith("_URL") || name.startsWith("WHIMBREL_"));
    environment.put("WHIMBREL", launcher.toString());
    environment.put("WHIMBREL_DATABASE_URL", url);
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    int exit = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    return new Ran(
        exit,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private record Ran(int exit, String out, String err) {
    String withoutTimes() {
      return out.lines()
          .filter(line -> !line.startsWith("   Applied "))
          .collect(Collectors.joining("\n", "", "\n"));
    }
  }
}
