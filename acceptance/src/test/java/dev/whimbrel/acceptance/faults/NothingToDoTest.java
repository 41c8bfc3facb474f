package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.Event;
import dev.whimbrel.Result;
import dev.whimbrel.State;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.acceptance.faults.CutProxy.Moment;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a deployment with nothing to do costs on the wire, and that it still sees every change. */
@ExtendWith(PostgresExtension.class)
class NothingToDoTest {
  @TempDir Path folder;
  private final List<Event> events = new ArrayList<>();
  private TestDatabase database;
  private CutProxy proxy;

  @BeforeEach
  void deployTwo(TestDatabase fresh) throws IOException {
    database = fresh;
    String hosts = DatabaseUrl.parse(database.url()).hosts();
    proxy = new CutProxy(Integer.parseInt(hosts.substring(hosts.indexOf(':') + 1)));
    write("a", "", "create table a (id integer)");
    write("b", "a", "create table b (id integer)");
    Files.writeString(folder.resolve("HEAD"), "b\n");
    assertThat(whimbrel().deploy("head").current()).containsExactly("b");
    proxy.arm(-1, Moment.BEFORE, line -> true);
    events.clear();
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
  }

  private void write(String id, String revises, String up) throws IOException {
    Files.writeString(
        folder.resolve(id + ".sql"),
        "-- revision: %s\n%s-- message: %s\n\n-- +upgrade\n\n%s;\n"
            .formatted(id, revises.isEmpty() ? "" : "-- revises: " + revises + "\n", id, up));
  }

  private Whimbrel whimbrel() {
    String url =
        database.url().replaceFirst(":\\d+/", ":" + proxy.port() + "/") + "&sslmode=disable";
    return Whimbrel.in(folder).url(url).events(events::add).build();
  }

  private static ErrorCode codeOf(Throwable thrown) {
    return ((WhimbrelException) thrown).code();
  }

  @Test
  void asksOneQueryThatBringsNoRevision() {
    Result.Run run = whimbrel().deploy("head");
    assertThat(run.state()).isEqualTo(State.IN_SYNC);
    assertThat(events)
        .containsExactly(
            new Event.VersionsFound(List.of("b"), List.of("b")), new Event.UpToDate(List.of("b")));
    assertThat(proxy.seen()).singleElement().asString().startsWith("select 'f'");
  }

  @Test
  void asksForTheStatusWithOneQueryToo() {
    Result.Status status = whimbrel().status(false);
    assertThat(status.state()).isEqualTo(State.IN_SYNC);
    assertThat(status.current()).containsExactly("b");
    assertThat(proxy.seen()).hasSize(1);
  }

  @Test
  void asksForTheRowsWhereACommentWasEdited() throws IOException {
    Files.writeString(folder.resolve("a.sql"), "\n-- for the record\n", StandardOpenOption.APPEND);
    assertThat(whimbrel().deploy("head").state()).isEqualTo(State.IN_SYNC);
    assertThat(proxy.seen()).hasSize(2);
  }

  @Test
  void asksOneQueryAfterAStampToo() {
    whimbrel().stamp(List.of("b"), true, true);
    proxy.arm(-1, Moment.BEFORE, line -> true);
    assertThat(whimbrel().deploy("head").state()).isEqualTo(State.IN_SYNC);
    assertThat(proxy.seen()).hasSize(1);
  }

  @Test
  void seesAnEditedFile() throws IOException {
    write("a", "", "create table a (id bigint)");
    assertThatThrownBy(() -> whimbrel().deploy("head"))
        .satisfies(e -> assertThat(codeOf(e)).isEqualTo(ErrorCode.E_DIVERGED));
  }

  @Test
  void seesARowThatSomebodyChanged() throws Exception {
    database.execute("update whimbrel.revision set checksum = 'x' where id = 'a'");
    assertThatThrownBy(() -> whimbrel().deploy("head"))
        .satisfies(e -> assertThat(codeOf(e)).isEqualTo(ErrorCode.E_DIVERGED));
  }

  @Test
  void seesARowThatSomebodyDeleted() throws Exception {
    database.execute("delete from whimbrel.revision where id = 'b'; drop table b");
    assertThat(whimbrel().deploy("head").applied()).hasSize(1);
  }

  @Test
  void seesARunThatWasCutOff() throws Exception {
    database.execute(
        "delete from whimbrel.meta where key in ('schema', 'files');"
            + " insert into whimbrel.journal (run, event, revision, statement, detail)"
            + " values ('r', 'begin', 'b', 0, '')");
    assertThat(whimbrel().status(false).state()).isEqualTo(State.INTERRUPTED);
  }

  @Test
  void refusesTwoHeadsThatWereDeployedOnPurpose() throws IOException {
    write("c", "a", "create table c (id integer)");
    Files.writeString(folder.resolve("HEAD"), "b\nc\n");
    assertThat(whimbrel().deploy("heads").current()).containsExactly("b", "c");
    assertThat(whimbrel().deploy("heads").state()).isEqualTo(State.IN_SYNC);
    assertThatThrownBy(() -> whimbrel().deploy("head"))
        .satisfies(e -> assertThat(codeOf(e)).isEqualTo(ErrorCode.E_MULTIPLE_HEADS));
  }

  @Test
  void tellsOfABrokenFileBeforeADatabaseThatIsNotThere() throws IOException {
    write("c", "missing", "select 1");
    Whimbrel nowhere = Whimbrel.in(folder).url("postgresql://u@127.0.0.1:1/x").build();
    assertThatThrownBy(() -> nowhere.deploy("head"))
        .satisfies(e -> assertThat(codeOf(e)).isEqualTo(ErrorCode.E_GRAPH));
    assertThatThrownBy(() -> nowhere.status(false))
        .satisfies(e -> assertThat(codeOf(e)).isEqualTo(ErrorCode.E_GRAPH));
  }
}
