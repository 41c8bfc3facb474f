package dev.whimbrel.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  private static final List<String> VARIABLES =
      List.of(
          "WHIMBREL_DATABASE_URL",
          "DIRECT_URL",
          "DATABASE_URL_UNPOOLED",
          "DATABASE_URL",
          "JDBC_DATABASE_URL",
          "SPRING_DATASOURCE_URL");

  @TempDir Path directory;

  @BeforeEach
  void writeTheFile() throws IOException {
    Files.writeString(
        directory.resolve("whimbrel.toml"),
        """
        [env.local]
        url = "sqlite:local.db"
        [env.prod]
        url = "postgresql://prod/app"
        user = "me"
        password = "${SECRET:-geheim}"
        [env.bare]
        strict = true
        """);
  }

  @Test
  void theOptionWinsOverEverything() {
    Database found = choose(all(), "postgresql://option/app", "prod");
    assertThat(found.url()).isEqualTo("postgresql://option/app");
    assertThat(found.source()).isEqualTo("--url");
  }

  @Test
  void theNamedEnvironmentWinsOverTheVariables() {
    Database found = choose(all(), null, "prod");
    assertThat(found).isEqualTo(new Database("postgresql://prod/app", "me", "geheim", "env.prod"));
  }

  @Test
  void theVariablesWinInTheirOrder() {
    Map<String, String> left = all();
    for (String variable : VARIABLES) {
      assertThat(choose(left, null, null).source()).isEqualTo(variable);
      left.remove(variable);
    }
    assertThat(choose(left, null, null).source()).isEqualTo("env.local");
  }

  @Test
  void aNamedEnvironmentWithoutUrlLeavesItToTheVariables() {
    assertThat(choose(Map.of("DATABASE_URL", "x"), null, "bare").source())
        .isEqualTo("DATABASE_URL");
  }

  @Test
  void anEmptyVariableIsNotSet() {
    assertThat(choose(Map.of("DATABASE_URL", ""), null, null).source()).isEqualTo("env.local");
  }

  @Test
  void springsUserAndPasswordStandBesideItsUrl() {
    Database found =
        choose(
            Map.of(
                "SPRING_DATASOURCE_URL", "jdbc:postgresql://h/d",
                "SPRING_DATASOURCE_USERNAME", "u",
                "SPRING_DATASOURCE_PASSWORD", "p"),
            null,
            null);
    assertThat(found)
        .isEqualTo(new Database("jdbc:postgresql://h/d", "u", "p", "SPRING_DATASOURCE_URL"));
  }

  @Test
  void aVariableOfTheEnvironmentsUrlWinsOverTheFile() {
    Database found = choose(Map.of("WHIMBREL_ENV_PROD_URL", "x"), null, "prod");
    assertThat(found.url()).isEqualTo("x");
    assertThat(found.source()).isEqualTo("WHIMBREL_ENV_PROD_URL");
  }

  @Test
  void aSqliteFileIsMeantRelativeToTheProject() {
    assertThat(choose(Map.of(), null, null).url())
        .isEqualTo("sqlite:" + directory.resolve("local.db"));
    assertThat(choose(Map.of(), "sqlite:/tmp/x.db", null).url()).isEqualTo("sqlite:/tmp/x.db");
    assertThat(choose(Map.of(), "sqlite::memory:", null).url()).isEqualTo("sqlite::memory:");
  }

  @Test
  void itsTextNeverHoldsTheUrl() {
    assertThat(choose(Map.of("DATABASE_URL", "postgresql://u:geheim@h/d"), null, null).toString())
        .doesNotContain("geheim");
  }

  private Database choose(
      Map<String, String> environment, @Nullable String option, @Nullable String named) {
    return Database.choose(Config.read(directory, environment), option, named).orElseThrow();
  }

  private static Map<String, String> all() {
    Map<String, String> all = new HashMap<>();
    VARIABLES.forEach(variable -> all.put(variable, "postgresql://" + variable + "/app"));
    return all;
  }
}
