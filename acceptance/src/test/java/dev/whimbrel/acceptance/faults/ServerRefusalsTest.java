package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.State;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a server, or a role of it, does not allow: each is an error of its own. */
@ExtendWith(PostgresExtension.class)
class ServerRefusalsTest {
  @TempDir Path folder;
  private TestDatabase database;
  private Revisions revisions;
  private String role = "";

  @BeforeEach
  void writeOneRevision(TestDatabase empty) throws Exception {
    database = empty;
    role = "role_of_" + empty.name();
    revisions = new Revisions(folder, empty.url());
    revisions.add("1aaa", "create table t (id integer)", "drop table t");
    database.execute("create role " + role + " login password 'secret'");
  }

  @AfterEach
  void dropRole() throws Exception {
    database.execute("reassign owned by " + role + " to current_user; drop owned by " + role);
    database.execute("drop role " + role);
  }

  private String url(String password, String parameters) {
    return "postgresql://%s:%s@127.0.0.1:%d/%s%s"
        .formatted(role, password, database.server().port(), database.name(), parameters);
  }

  private ErrorCode refusalOf(String url) {
    return Revisions.refusal(() -> revisions.at(url, event -> {}).deploy("head")).code();
  }

  @Test
  void aServerWithoutTlsIsToldFromOneThatIsNotThere() {
    assertThat(refusalOf(url("secret", "?sslmode=require"))).isEqualTo(ErrorCode.E_TLS);
    assertThat(refusalOf(url("secret", "").replaceFirst(":\\d+/", ":1/")))
        .isEqualTo(ErrorCode.E_UNREACHABLE);
  }

  @Test
  void aServerThatHangsUpWhileItStartsIsCalledAgain() throws Exception {
    int port = database.server().port();
    try (CutProxy proxy = new CutProxy(1)) {
      proxy.refusing(2, () -> proxy.moved(port));
      String url =
          database.url().replace(":" + port, ":" + proxy.port())
              + "&sslmode=disable&gssEncMode=disable";
      assertThat(revisions.at(url, event -> {}).deploy("head").current()).containsExactly("1aaa");
    }
  }

  @Test
  void aWrongPasswordIsAnErrorOfItsOwn() {
    assertThat(refusalOf(url("guess", ""))).isEqualTo(ErrorCode.E_AUTHENTICATION);
  }

  @Test
  void aReadOnlyRoleIsAnErrorOfItsOwn() throws Exception {
    database.execute("grant create on database " + database.name() + " to " + role);
    database.execute("grant create on schema public to " + role);
    database.execute("alter role " + role + " set default_transaction_read_only = on");
    assertThat(refusalOf(url("secret", ""))).isEqualTo(ErrorCode.E_READ_ONLY);
  }

  @Test
  void aRoleWithoutRightsIsToldBeforeAnythingIsTouched() {
    assertThat(refusalOf(url("secret", ""))).isEqualTo(ErrorCode.E_FINDINGS);
    assertThat(revisions.whimbrel().status(false).state()).isEqualTo(State.EMPTY);
  }

  @Test
  void aRoleWithoutRightsOnTheHistoryIsAnErrorOfItsOwn() throws Exception {
    database.execute("grant create on schema public to " + role);
    assertThat(refusalOf(url("secret", ""))).isEqualTo(ErrorCode.E_PERMISSION);
    revisions.whimbrel().deploy("head");
    assertThat(
            Revisions.refusal(() -> revisions.at(url("secret", ""), event -> {}).status(false))
                .code())
        .isEqualTo(ErrorCode.E_PERMISSION);
  }

  @Test
  void anotherRoleRunsTheRevisionsAndOwnsWhatTheyMakeWhileTheHistoryStaysOurs() throws Exception {
    database.execute("grant create on schema public to " + role);
    revisions.add("2bbb", "create index concurrently t_id on t (id)", "drop index t_id");
    Whimbrel whimbrel = revisions.with(event -> {}, "role=" + role);
    assertThat(whimbrel.deploy("head").current()).containsExactly("2bbb");
    assertThat(
            database.query(
                "select string_agg(distinct relowner::regrole::text, ',') from pg_class where"
                    + " relname in ('t', 't_id')"))
        .isEqualTo(role);
    assertThat(database.query("select applied_by from whimbrel.revision where id = '2bbb'"))
        .isEqualTo(database.server().user());
  }

  /** {@code /dev/full} is a disk without room. */
  @Test
  void aFullDiskIsSaidSoAndNothingIsLost() throws Exception {
    String wide = "repeat('x', 100000)";
    revisions.add(
        "2bbb", "create table u (id integer);\ncopy (select " + wide + ") to '/dev/full'", "");
    WhimbrelException refused = Revisions.refusal(() -> revisions.whimbrel().deploy("head"));
    assertThat(refused).hasMessageContaining("The server's disk is full: statement 2 of 2");
    assertThat(refused.problem().remedy()).contains("Make room", "whimbrel deploy");
    assertThat(database.query("select to_regclass('u')")).isEmpty();
    assertThat(revisions.whimbrel().status(false).current()).containsExactly("1aaa");
    Files.writeString(folder.resolve("HEAD"), "1aaa\n");
    revisions.add("2bbb", "create table u (id integer)", "");
    assertThat(revisions.whimbrel().deploy("head").current()).containsExactly("2bbb");
  }

  @Test
  void aStandbyIsSaidToBeOne() throws Exception {
    EmbeddedSettings settings = EmbeddedSettings.of(System.getenv());
    OptionalInt newest = OptionalInt.of(EmbeddedPostgres.DEFAULT_MAJOR);
    Path project = Files.createDirectories(folder.resolve("standby"));
    EmbeddedPostgres.local(settings, project, newest).close();
    Files.createFile(
        project.resolve(".whimbrel/postgresql-" + newest.getAsInt() + "/data/standby.signal"));
    try (EmbeddedPostgres standby = EmbeddedPostgres.local(settings, project, newest)) {
      String url = standby.url(EmbeddedPostgres.LOCAL_DATABASE);
      WhimbrelException refused =
          Revisions.refusal(() -> revisions.at(url, event -> {}).deploy("head"));
      assertThat(refused.code()).isEqualTo(ErrorCode.E_READ_ONLY);
      assertThat(refused).hasMessageContaining("it is a standby, which only reads");
    }
  }
}
