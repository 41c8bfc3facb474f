package dev.whimbrel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.Whimbrel;
import dev.whimbrel.acceptance.corpus.PgDump;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.PostgresMajor;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A rehearsal leaves nothing behind, neither in the target nor on the scratch server. */
@ExtendWith(PostgresExtension.class)
@PostgresMajor(15)
class UntouchedTest {
  private static final String WRITES =
      """
      select tup_inserted || ' ' || tup_updated || ' ' || tup_deleted
      from pg_stat_database where datname = current_database()\
      """;

  @TempDir Path folder;

  private void revision(String id, String revises, String up) throws IOException {
    Files.createDirectories(folder.resolve("migrations"));
    Files.writeString(
        folder.resolve("migrations/" + id + ".sql"),
        "-- revision: %s\n%s-- message: change\n\n-- +upgrade\n\n%s\n"
            .formatted(id, revises.isEmpty() ? "" : "-- revises: " + revises + "\n", up));
    Files.writeString(folder.resolve("migrations/HEAD"), id + "\n");
  }

  private Whimbrel whimbrel(TestDatabase database) {
    return Whimbrel.in(folder.resolve("migrations"))
        .url(database.url())
        .scratch(List.of())
        .scratchUrl("the same server", database.url(), null, null)
        .build();
  }

  private void deployed(TestDatabase database) throws Exception {
    revision("aaaa00000001", "", "create table users (id bigint primary key, name text);");
    whimbrel(database).deploy("head");
    database.execute("insert into users select g, 'n' || g from generate_series(1, 500) g");
    database.execute("vacuum analyze");
  }

  @Test
  void theTargetsDumpAndItsCountOfWritesStayTheSame(TestDatabase database) throws Exception {
    deployed(database);
    revision(
        "aaaa00000002",
        "aaaa00000001",
        """
        update users set name = upper(name);
        alter table users alter column name type varchar(3);
        alter table users add constraint one unique (name);
        delete from users;
        drop table users;\
        """);
    String dump = dump(database);
    database.execute("select pg_stat_force_next_flush()");
    String writes = database.query(WRITES);

    assertThat(whimbrel(database).simulate("head").findings()).isNotEmpty();

    assertThat(dump(database)).isEqualTo(dump);
    assertThat(database.query(WRITES)).isEqualTo(writes);
  }

  private static String dump(TestDatabase database) throws Exception {
    try (Connection connection = database.connect()) {
      return new PgDump(database.url()).content(connection);
    }
  }

  @Test
  void aKilledSimulationLeavesNoScratchDatabaseForLong(TestDatabase database) throws Exception {
    deployed(database);
    revision("aaaa00000002", "aaaa00000001", "select pg_sleep(61);");
    Files.writeString(
        folder.resolve("whimbrel.toml"),
        "migrations = \"migrations\"\n[scratch]\nurl = \"%s\"\n".formatted(database.url()));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.whimbrel.cli.Main",
            "-C",
            folder.toString(),
            "simulate");
    builder.environment().put("DATABASE_URL", database.url());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String busy =
        """
        select count(*) from pg_stat_activity where datname like 'whimbrel\\_scratch\\_%'
        and state = 'active' and query like 'select pg_sleep(61)%'\
        """;
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (database.query(busy).equals("0") && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(database.query(busy)).isEqualTo("1");
    String mine =
        database.query(
            """
            select datname from pg_stat_activity where datname like 'whimbrel\\_scratch\\_%'
            and query like 'select pg_sleep(61)%'\
            """);

    process.destroyForcibly().waitFor();
    revision("aaaa00000002", "aaaa00000001", "select 1;");
    whimbrel(database).simulate("head");

    assertThat(database.query("select count(*) from pg_database where datname = '" + mine + "'"))
        .isEqualTo("0");
  }
}
