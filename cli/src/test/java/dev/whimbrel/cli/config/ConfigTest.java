package dev.whimbrel.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  @TempDir Path directory;

  @Test
  void readsNothingWhereThereIsNoFile() {
    Config config = config("", Map.of());
    assertThat(config.migrations()).isEqualTo(directory.resolve("migrations"));
    assertThat(config.options(null).lockTimeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void takesTheNamedEnvironmentBeforeTheTopAndAVariableBeforeBoth() {
    String file = "lock-timeout = \"5s\"\nretries = 2\n[env.prod]\nlock-timeout = 7\nurl = \"x\"\n";
    assertThat(config(file, Map.of()).options(null).lockTimeout()).hasSeconds(5);
    assertThat(config(file, Map.of()).options("prod").lockTimeout()).hasSeconds(7);
    assertThat(config(file, Map.of()).options("prod").retries()).isEqualTo(2);
    assertThat(config(file, Map.of("WHIMBREL_RETRIES", "4")).options(null).retries()).isEqualTo(4);
    assertThat(
            config(file, Map.of("WHIMBREL_ENV_PROD_LOCK_TIMEOUT", "9s"))
                .options("prod")
                .lockTimeout())
        .hasSeconds(9);
  }

  @Test
  void labelsTheDatabaseWithTheNamedEnvironmentAndThePlatformsCommit() {
    Config config = config("[env.prod]\nurl = \"x\"\n", Map.of("RENDER_GIT_COMMIT", "abc"));
    assertThat(config.options("prod").environment()).isEqualTo("prod");
    assertThat(config.options("prod").commit()).isEqualTo("abc");
    assertThat(config.options(null).environment()).isEmpty();
  }

  @Test
  void fillsVariablesWithDefaultsAndKeepsEscapedOnes() {
    String file =
        "migrations = \"${A}/${B:-b}/$${C}\"\n[env.prod]\nurl = \"${NOT_SET_AND_NOT_USED}\"\n";
    Config config = config(file, Map.of("A", "a"));
    assertThat(config.text("migrations")).contains("a/b/${C}");
  }

  @Test
  void refusesAVariableThatIsUsedAndNotSet() {
    Config config = config("\n[env.prod]\nurl = \"${DATABASE_UR}\"\n", Map.of("DATABASE_URL", "x"));
    Problem problem = refusal(() -> config.text("env.prod.url"));
    assertThat(problem.problem())
        .isEqualTo("The variable DATABASE_UR is not set (did you mean DATABASE_URL?).");
    assertThat(problem.place()).hasToString(directory.resolve("whimbrel.toml") + ":3");
  }

  @Test
  void namesTheLineAndTheNearestKeyForATypo() {
    Problem problem = refusal(() -> config("\nlock-timeot = \"3s\"\n", Map.of()));
    assertThat(problem.code()).isEqualTo(ErrorCode.E_CONFIG);
    assertThat(problem.remedy()).isEqualTo("Did you mean \"lock-timeout\"?");
    assertThat(problem.place()).hasToString(directory.resolve("whimbrel.toml") + ":2");
    assertThat(refusal(() -> config("[model]\nsql = \"a\"\n", Map.of())).remedy())
        .isEqualTo("Did you mean \"models\"?");
    assertThat(refusal(() -> config("[env.prod]\nulr = \"a\"\n", Map.of())).remedy())
        .isEqualTo("Did you mean \"url\"?");
  }

  @Test
  void refusesAValueOfTheWrongType() {
    assertThat(refusal(() -> config("strict = \"yes\"\n", Map.of())).problem())
        .isEqualTo("\"strict\" has to be true or false.");
    assertThat(refusal(() -> config("env = \"prod\"\n", Map.of())).key())
        .isEqualTo("config.unknown-key");
    Config duration = config("lock-timeout = \"soon\"\n", Map.of());
    assertThat(refusal(() -> duration.options(null)).place())
        .hasToString(directory.resolve("whimbrel.toml") + ":1");
    Config variable = config("", Map.of("WHIMBREL_LOCK_TIMEOUT", "soon"));
    assertThat(refusal(() -> variable.options(null)).problem())
        .contains("WHIMBREL_LOCK_TIMEOUT is set to \"soon\"");
  }

  @Test
  void refusesWhatIsNotToml() {
    Problem problem = refusal(() -> config("migrations = \n", Map.of()));
    assertThat(problem.key()).isEqualTo("config.syntax");
    assertThat(problem.place()).hasToString(directory.resolve("whimbrel.toml") + ":1");
  }

  @Test
  void namesTheNearestEnvironment() {
    Config config = config("[env.production]\nurl = \"x\"\n", Map.of());
    assertThat(refusal(() -> config.named("produktion")).problem())
        .contains("Did you mean \"production\"?");
    assertThat(config.named(null)).isNull();
    assertThat(config("[env.a]\nurl = \"x\"\n", Map.of("WHIMBREL_ENV", "a")).named(null))
        .isEqualTo("a");
  }

  @Test
  void refusesADirectoryThatDoesNotExist() {
    assertThat(refusal(() -> Config.read(directory.resolve("nowhere"), Map.of())).key())
        .isEqualTo("config.no-directory");
  }

  private Config config(String toml, Map<String, String> environment) {
    try {
      Path file = directory.resolve("whimbrel.toml");
      Files.deleteIfExists(file);
      if (!toml.isEmpty()) {
        Files.writeString(file, toml);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Config.read(directory, environment);
  }

  private static Problem refusal(Runnable work) {
    return assertThatExceptionOfType(WhimbrelException.class)
        .isThrownBy(work::run)
        .actual()
        .problem();
  }
}
