package dev.whimbrel.embedded;

import static dev.whimbrel.embedded.EmbeddedPostgresTest.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that start, share, leave and are killed. */
class ProcessesTest {
  private static final EmbeddedSettings SETTINGS = EmbeddedSettings.of(System.getenv());

  @TempDir private Path folder;

  @Test
  void startsOneLocalServerForTwoProcessesAndStopsItWithTheLast() throws Exception {
    Path data;
    PidFile before;
    try (Child one = Child.start("local", folder.toString())) {
      try (Child other = Child.start("local", folder.toString())) {
        data = one.data();
        assertThat(other.data()).isEqualTo(data);
        before = server(data);
      }
      assertThat(server(data)).isEqualTo(before);
    }
    assertThat(data).isEqualTo(folder.resolve(".whimbrel/postgresql-18/data"));
    assertThat(data.resolve("postmaster.pid")).doesNotExist();
    assertThat(before.process()).isEmpty();
  }

  @Test
  void keepsWhatIsInTheLocalDatabase() throws Exception {
    try (EmbeddedPostgres server = local();
        Connection connection = server.connect(EmbeddedPostgres.LOCAL_DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute("create table kept as select 42 as answer");
    }
    try (EmbeddedPostgres server = local();
        Connection connection = server.connect(EmbeddedPostgres.LOCAL_DATABASE)) {
      assertThat(first(connection, "select answer from kept")).isEqualTo("42");
      assertThat(first(connection, "show fsync")).isEqualTo("on");
    }
  }

  @Test
  void stopsTheLocalServerOnlyAfterTheLastUseWithinAProcess() throws Exception {
    try (EmbeddedPostgres server = local()) {
      local().close();
      try (Connection connection = server.connect(EmbeddedPostgres.LOCAL_DATABASE)) {
        assertThat(first(connection, "select 1")).isEqualTo("1");
      }
    }
  }

  @Test
  void joinsTheServerThatAKilledProcessLeft() throws Exception {
    Child child = Child.start("local", folder.toString());
    Path data = child.data();
    PidFile before = server(data);
    child.kill();
    try (EmbeddedPostgres server = local();
        Connection connection = server.connect(EmbeddedPostgres.LOCAL_DATABASE)) {
      assertThat(server(data)).isEqualTo(before);
      assertThat(first(connection, "select 1")).isEqualTo("1");
    }
    assertThat(before.process()).isEmpty();
  }

  @Test
  void recoversTheLocalDatabaseOfAKilledServer() throws Exception {
    Child child = Child.start("local", folder.toString());
    Path data = child.data();
    PidFile postmaster = PidFile.read(data).orElseThrow();
    child.kill();
    ProcessHandle process = postmaster.process().orElseThrow();
    assertThat(process.destroyForcibly()).isTrue();
    process.onExit().join();
    try (EmbeddedPostgres server = local();
        Connection connection = server.connect(EmbeddedPostgres.LOCAL_DATABASE)) {
      assertThat(first(connection, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void refusesToStartASecondServerOnDataThatIsInUseWhereItCannotSee() throws Exception {
    try (Child child = Child.start("local", folder.toString())) {
      Path file = child.data().resolve("postmaster.pid");
      String text = Files.readString(file);
      // As if the server's process were in another container.
      Files.writeString(file, text.replaceFirst("^\\d+", "4194304"));
      WhimbrelException thrown = catchThrowableOfType(WhimbrelException.class, this::local);
      assertThat(thrown.code()).isEqualTo(ErrorCode.E_LOCKED);
      assertThat(thrown.problem().problem()).contains("another container");
      Files.writeString(file, text);
    }
  }

  @Test
  void refusesAMajorOtherThanThatOfTheDataKept() {
    EmbeddedPostgres.local(SETTINGS, folder, OptionalInt.of(14)).close();
    WhimbrelException thrown =
        catchThrowableOfType(
            WhimbrelException.class,
            () -> EmbeddedPostgres.local(SETTINGS, folder, OptionalInt.of(18)));
    assertThat(thrown.code()).isEqualTo(ErrorCode.E_CONFIG);
    assertThat(thrown.problem().problem()).contains("is of PostgreSQL 14, and 18 is asked for");
    assertThat(thrown.problem().remedy()).startsWith("Write embedded:postgresql:14, or delete ");
    try (EmbeddedPostgres kept = local()) {
      assertThat(kept.major()).isEqualTo(14);
    }
  }

  @Test
  void endsAndRemovesTheScratchServerOfAKilledProcess() throws Exception {
    Child child = Child.start("scratch", folder.toString());
    Path data = child.data();
    PidFile postmaster = PidFile.read(data).orElseThrow();
    child.kill();
    assertThat(postmaster.process()).isPresent();
    try (Child next = Child.start("scratch", folder.toString())) {
      assertThat(next.data()).isNotEqualTo(data);
      assertThat(postmaster.process()).isEmpty();
      assertThat(data.getParent()).doesNotExist();
    }
  }

  @Test
  void startsTwoScratchServersAtOnceOnAnEmptyCache() throws Exception {
    try (Child one = Child.start("scratch", folder.toString());
        Child other = Child.start("scratch", folder.toString())) {
      assertThat(one.data()).isDirectory().isNotEqualTo(other.data());
    }
    assertThat(folder.resolve("scratch")).isDirectoryNotContaining("glob:**/18-*");
  }

  private EmbeddedPostgres local() {
    return EmbeddedPostgres.local(SETTINGS, folder, OptionalInt.empty());
  }

  private static PidFile server(Path data) {
    return PidFile.read(data).orElseThrow();
  }
}
