package dev.whimbrel.acceptance.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.Whimbrel;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The backup before data are lost, and the label of a database. */
@ExtendWith(PostgresExtension.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its commands are those of a POSIX shell")
class BackupTest {
  @TempDir Path folder;
  private TestDatabase database;
  private Chain chain;
  private Path made;

  @BeforeEach
  void deploy(TestDatabase empty) throws IOException {
    database = empty;
    made = folder.resolve("made");
    chain = new Chain(Files.createDirectory(folder.resolve("migrations")), empty.url());
    chain.add("1aaaa", "create table users (id integer primary key, name text)");
    chain.whimbrel("environment=production").deploy("head");
  }

  @Test
  void runsBeforeARevisionThatLosesData() throws Exception {
    chain.add("2bbbb", "alter table users add column phone text");
    chain.add("3cccc", "alter table users drop column name");
    String command = "echo $PGDATABASE $WHIMBREL_REVISION $WHIMBREL_FROM > " + made;
    chain.whimbrel("backup-command=" + command).deploy("head");
    assertThat(made).hasContent(database.name() + " 3cccc 1aaaa");
  }

  @Test
  void isNotAskedWhereNothingIsLost() throws Exception {
    chain.add("2bbbb", "alter table users add column phone text; create index i on users (name)");
    chain.add(
        "3cccc",
        "update users set phone = '' where phone is null; alter table users alter column phone set"
            + " default ''");
    Whimbrel whimbrel = chain.whimbrel("backup-command=touch " + made, "require-backup=true");
    assertThat(whimbrel.deploy("head").current()).containsExactly("3cccc");
    assertThat(made).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                 backup.required, ''",
    "echo broken >&2; exit 3,            backup.failed,   broken",
    "no-such-program --now,              backup.missing,  no-such-program",
    "sleep 60 & wait,                    backup.timeout,  printed nothing",
    "echo PGDMP,                         backup.printed,  stdout",
    "false,                              backup.failed,   printed nothing"
  })
  void itsFailureStopsTheDeployment(String command, String key, String said) throws Exception {
    chain.add("2bbbb", "truncate users");
    Whimbrel whimbrel =
        chain.whimbrel("backup-command=" + command, "backup-timeout=700ms", "require-backup=true");
    assertThatThrownBy(() -> whimbrel.deploy("head"))
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.E_BACKUP);
              assertThat(refusal.problem().key()).isEqualTo(key);
              assertThat(refusal.problem().problem()).contains(said);
            });
    assertThat(chain.whimbrel().status(true).current()).containsExactly("1aaaa");
    assertThat(chain.whimbrel().deploy("head").current()).containsExactly("2bbbb");
  }

  @Test
  void refusesAPreviewOnProduction() throws Exception {
    chain.add("2bbbb", "create table tags (id integer)");
    assertThatThrownBy(() -> chain.whimbrel("environment=preview").deploy("head"))
        .hasMessageContaining("\"production\"");
    assertThatThrownBy(() ->
            chain.whimbrel("environment=preview").stamp(java.util.List.of("2bbbb"), false, true))
        .hasMessageContaining("\"production\"");
    assertThat(chain.whimbrel("environment=production").deploy("head").current())
        .containsExactly("2bbbb");
  }

  @Test
  void aPreviewLabelsOnlyWhatItBegan(TestDatabase other) throws Exception {
    chain.at(other.url()).deploy("head");
    chain.add("2bbbb", "create table tags (id integer)");
    chain.at(other.url(), "environment=preview").deploy("head");
    assertThat(other.query("select value from whimbrel.meta where key = 'environment'")).isEmpty();
  }
}
