package dev.whimbrel.acceptance.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.Event;
import dev.whimbrel.Result;
import dev.whimbrel.State;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gate does on any engine; the engines' tests say which database it is. */
abstract class GateScenarios {
  @TempDir Path folder;
  private final List<Event> events = new ArrayList<>();

  /** A URL of a database that is empty at the start of each test. */
  abstract String url();

  @BeforeEach
  void writeTwoRevisions() throws IOException {
    write("a", "", "create table users (id integer primary key, name text)", "drop table users");
    write("b", "a", "alter table users add column mail text", "alter table users drop column mail");
  }

  final void write(String id, String revises, String up, String down) throws IOException {
    String text =
        "-- revision: %s\n%s-- message: add %s\n\n-- +upgrade\n\n%s;\n\n-- +downgrade\n\n%s;\n"
            .formatted(id, revises.isEmpty() ? "" : "-- revises: " + revises + "\n", id, up, down);
    Files.writeString(folder.resolve(id + ".sql"), text);
  }

  final Whimbrel whimbrel() {
    return Whimbrel.in(folder).url(url()).events(events::add).build();
  }

  private static ErrorCode codeOf(Callable<?> call) {
    try {
      call.call();
    } catch (WhimbrelException e) {
      return e.code();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    throw new AssertionError("it went through");
  }

  @Test
  void upgradesAnEmptyDatabaseAndThenHasNothingToDo() {
    Result.Run first = whimbrel().deploy("head");
    assertThat(first.state()).isEqualTo(State.EMPTY);
    assertThat(first.applied()).extracting(Result.Applied::revision).containsExactly("a", "b");
    assertThat(first.current()).containsExactly("b");
    Result.Run second = whimbrel().deploy("head");
    assertThat(second.state()).isEqualTo(State.IN_SYNC);
    assertThat(second.applied()).isEmpty();
    assertThat(events).contains(new Event.UpToDate(List.of("b")));
  }

  @Test
  void goesDownAndUpAgain() {
    whimbrel().deploy("head");
    assertThat(whimbrel().downgrade("base").current()).isEmpty();
    assertThat(whimbrel().deploy("+1").current()).containsExactly("a");
    assertThat(whimbrel().status(true).state()).isEqualTo(State.PENDING);
    assertThat(whimbrel().status(true).drift()).isEmpty();
  }

  @Test
  void rollsBackTheWholeRevisionAndSaysWhatIsDone() throws IOException {
    write("c", "b", "create table t (id integer);\ncreate table broken (id integer,)", "select 1");
    assertThatThrownBy(() -> whimbrel().deploy("head"))
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.E_STATEMENT);
              assertThat(e.problem().done()).hasSize(2);
              assertThat(e.problem().notDone()).containsExactly("revision c (add c)");
              assertThat(String.valueOf(e.problem().place())).contains("c.sql:8");
            });
    write("c", "b", "create table t (id integer)", "drop table t");
    assertThat(whimbrel().deploy("head").current()).containsExactly("c");
  }

  @Test
  void refusesAFileThatWasChangedAfterItWasApplied() throws IOException {
    whimbrel().deploy("head");
    write("b", "a", "alter table users add column phone text", "select 1");
    assertThat(codeOf(() -> whimbrel().deploy("head"))).isEqualTo(ErrorCode.E_DIVERGED);
  }

  @Test
  void takesBackARevisionOfWhichOnlyTheDatabaseKnows() throws IOException {
    whimbrel().deploy("head");
    Files.delete(folder.resolve("b.sql"));
    assertThat(whimbrel().deploy("head").state()).isEqualTo(State.AHEAD);
    assertThat(whimbrel().awaitRevision(Duration.ofSeconds(9)).state()).isEqualTo(State.AHEAD);
    assertThat(whimbrel().verify(true).problems())
        .extracting(problem -> problem.code())
        .contains(ErrorCode.E_AHEAD)
        .doesNotContain(ErrorCode.E_DIVERGED);
    assertThat(whimbrel().downgrade("a").current()).containsExactly("a");
  }

  @Test
  void refusesOlderCodeThatWaitsForADatabaseThatIsContracted() throws IOException {
    Path file = folder.resolve("b.sql");
    Files.writeString(
        file, Files.readString(file).replaceFirst("-- revises", "-- phase: contract\n-- revises"));
    whimbrel().deploy("head");
    Files.delete(file);
    assertThat(codeOf(() -> whimbrel().deploy("head"))).isEqualTo(ErrorCode.E_AHEAD);
    assertThat(codeOf(() -> whimbrel().awaitRevision(Duration.ofSeconds(9))))
        .isEqualTo(ErrorCode.E_AHEAD);
  }

  @Test
  void refusesSeveralHeadsBeforeItConnects() throws IOException {
    write("c", "a", "select 1", "select 1");
    assertThat(codeOf(() -> whimbrel().deploy("head"))).isEqualTo(ErrorCode.E_MULTIPLE_HEADS);
    whimbrel().merge(List.of(), "");
    assertThat(whimbrel().deploy("head").current()).hasSize(1);
  }

  @Test
  void stampsWithoutRunningAnything() {
    assertThat(whimbrel().stamp(List.of("a"), false, true).to()).containsExactly("a");
    assertThat(whimbrel().stamp(List.of("base"), true, true).to()).isEmpty();
    assertThat(whimbrel().deploy("head").applied()).hasSize(2);
  }

  @Test
  void letsManyDeployersRunAtOnceAndAppliesEachRevisionOnce() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<Result.Run>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Callable<Result.Run> run = () -> Whimbrel.in(folder).url(url()).build().deploy("head");
        runs.add(pool.submit(run));
      }
      int applied = 0;
      for (Future<Result.Run> run : runs) {
        applied += run.get().applied().size();
        assertThat(run.get().current()).containsExactly("b");
      }
      assertThat(applied).isEqualTo(2);
    }
  }
}
