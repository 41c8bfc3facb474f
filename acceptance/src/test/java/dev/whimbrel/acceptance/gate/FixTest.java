package dev.whimbrel.acceptance.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.Result;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Databases that have tables and no history. */
@ExtendWith(PostgresExtension.class)
class FixTest {
  @TempDir Path folder;
  private TestDatabase database;
  private Chain chain;

  @BeforeEach
  void remember(TestDatabase empty) {
    database = empty;
    chain = new Chain(folder, empty.url());
  }

  @Test
  void findsOneOfFiftyByBisection() throws Exception {
    fifty();
    deployAndForget("r31");
    Result.Located located = chain.whimbrel().fix();
    assertThat(located.compared()).isLessThan(10);
    Result.Candidate best = located.candidates().getFirst();
    assertThat(best.revisions()).containsExactly("r31");
    assertThat(best.equal()).isTrue();
    assertThat(chain.whimbrel().stamp(List.of("r31"), false, false).to()).containsExactly("r31");
  }

  @Test
  void passesOverTheTablesOfAnotherProgram() throws Exception {
    fifty();
    deployAndForget("r17");
    database.execute(
        "create table other (id serial primary key); create schema app; create table app.x (i"
            + " integer)");
    Result.Candidate best = chain.whimbrel().fix().candidates().getFirst();
    assertThat(best.revisions()).containsExactly("r17");
    assertThat(best.differences()).isEmpty();
    assertThat(best.strange()).contains("public.other", "app.x");
  }

  @Test
  void showsTheExactDifferencesFromTheNearest() throws Exception {
    fifty();
    deployAndForget("r31");
    database.execute("alter table t10 alter column c11 type varchar(10)");
    Result.Candidate best = chain.whimbrel().fix().candidates().getFirst();
    assertThat(best.revisions()).containsExactly("r31");
    assertThat(best.differences())
        .containsExactly("~ column public.t10.c11: type: text is now type: character varying(10)");
    assertThatThrownBy(() -> chain.whimbrel().stamp(List.of("r31"), false, false))
        .hasMessageContaining("character varying(10)");
    assertThatThrownBy(() -> chain.whimbrel().stamp(List.of("r30"), false, false))
        .hasMessageContaining("c31");
    assertThat(chain.whimbrel().stamp(List.of("r31"), false, true).to()).containsExactly("r31");
  }

  @Test
  void findsAPlaceOnTwoBranches() throws Exception {
    chain.add("aaaa1", "", "create table a (id integer)");
    chain.add("bbbb1", "aaaa1", "create table b (id integer)");
    chain.add("bbbb2", "bbbb1", "alter table b add column name text");
    chain.add("cccc1", "aaaa1", "create table c (id integer)");
    chain.add("cccc2", "cccc1", "alter table c add column name text");
    deployAndForget("bbbb1", "cccc2");
    Result.Candidate best = chain.whimbrel().fix().candidates().getFirst();
    assertThat(best.equal()).isTrue();
    assertThat(best.revisions()).containsExactlyInAnyOrder("bbbb1", "cccc2");
    assertThat(chain.whimbrel().stamp(best.revisions(), false, false).to())
        .containsExactlyInAnyOrder("bbbb1", "cccc2");
  }

  private void fifty() throws IOException {
    for (int i = 10; i < 60; i++) {
      chain.add(
          "r" + i,
          i % 5 == 0
              ? "create table t%d (id integer primary key)".formatted(i)
              : "alter table t%d add column c%d text".formatted(i - i % 5, i));
    }
  }

  private void deployAndForget(String... places) throws Exception {
    for (String place : places) {
      chain.whimbrel().upgrade(place);
    }
    database.execute("drop schema whimbrel cascade");
  }
}
