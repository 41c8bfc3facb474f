package dev.whimbrel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.Options;
import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.PostgresMajor;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code deploy} asks before it touches anything; it has no scratch server here. */
@ExtendWith(PostgresExtension.class)
@PostgresMajor(15)
class PrecheckTest {
  private static final String BASE =
      """
      create domain zip as text;
      create type mood as enum ('sad', 'ok');
      create table users (id bigint primary key, name text, age int, place zip, feels mood);
      create table rooms (a int, b int, primary key (a, b));
      create table visits (id bigint primary key, a int, b int, at tsrange);
      create table settings (k text);
      create type address as (street text, zip text);
      create table homes (id bigint primary key, at address);
      create table events (id int, at date) partition by range (at);
      create table events_2024 (id int, at date);
      create table kinds (id int, kind text) partition by list (kind);
      create table kinds_a (id int, kind text);
      create table logs (id int, at date) partition by range (at);
      create table logs_rest partition of logs default;
      create table pairs (a int, b int) partition by range (a, b);
      create table pairs_1 (a int, b int);\
      """;

  @TempDir Path folder;

  private void revision(int number, String up) throws IOException {
    String id = "aaaa0000000" + number;
    String revises = number == 1 ? "" : "-- revises: aaaa0000000" + (number - 1) + "\n";
    Files.writeString(
        folder.resolve(id + ".sql"),
        "-- revision: %s\n%s-- message: change\n\n-- +upgrade\n\n%s\n".formatted(id, revises, up));
    Files.writeString(folder.resolve("HEAD"), id + "\n");
  }

  private Whimbrel whimbrel(TestDatabase database, Options options) {
    return Whimbrel.in(folder).url(database.url()).options(options).scratch(List.of()).build();
  }

  private void filled(TestDatabase database) throws Exception {
    revision(1, BASE);
    whimbrel(database, Options.defaults()).deploy("head");
    database.execute(
        """
        insert into users select g, case when g > 2 then 'n' || g % 40 end, g * 1000,
          lpad(g::text, 4 + g / 100, '0'), 'ok' from generate_series(1, 100) g;
        insert into rooms values (1, 1), (2, 2);
        insert into visits values (1, 1, 1, '[2024-01-01, 2024-01-03)'),
          (2, 1, null, '[2024-01-02, 2024-01-04)'), (3, null, null, '[2024-02-01, 2024-02-02)'),
          (4, 9, 9, '[2024-01-03, 2024-01-05)');
        insert into homes values (1, ('Street 1', '12345'));
        insert into events_2024 values (1, '2024-02-01'), (2, '2025-01-01'), (3, null);
        insert into logs values (1, '2024-02-01'), (2, '2023-02-01');
        insert into kinds_a values (1, 'a'), (2, 'b'), (3, null);
        insert into pairs_1 values (1, 1), (1, 5), (2, 0), (9, 9);
        analyze\
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          alter table users alter column name set not null | 2 rows of public.users (name) break not null, such as id=1; id=2.
          alter table users add constraint adult check (age > 1500) | 1 row of public.users (age) breaks check, such as id=1.
          alter table users add constraint adult check (age > 1500) not valid; alter table users validate constraint adult | breaks check
          alter table users alter column age type smallint | 68 rows of public.users (age) break type smallint
          alter table users add constraint named unique (name) | 58 rows of public.users (name) break unique
          create unique index concurrently on users (lower(name)) where age > 50000 | 10 rows of public.users (?) break unique
          alter domain zip add constraint four check (length(value) = 4) | 1 row of public.users (place) breaks domain zip, such as id=100.
          alter table visits add foreign key (a, b) references rooms | 1 row of public.visits (a, b) breaks foreign key, such as id=4.
          alter table visits add foreign key (a, b) references rooms match full | 2 rows of public.visits (a, b) break foreign key, such as id=2; id=4.
          alter table visits add exclude using gist (at with &&) where (id < 4) | 1 row of public.visits breaks exclude, such as id=2.
          alter type address drop attribute zip cascade | What at of public.homes holds in zip of public.address is lost
          alter table events attach partition events_2024 for values from ('2024-01-01') to ('2025-01-01') | 2 rows of public.events_2024 break partition bounds
          alter table events attach partition events_2024 for values from (minvalue) to ('2025-01-02') | 1 row of public.events_2024 breaks partition bounds
          create table logs_2024 partition of logs for values from ('2024-01-01') to ('2025-01-01') | 1 row of public.logs_rest breaks partition bounds
          alter table kinds attach partition kinds_a for values in ('a') | 2 rows of public.kinds_a break partition bounds
          alter table kinds attach partition kinds_a for values in ('a', null) | 1 row of public.kinds_a breaks partition bounds
          alter table pairs attach partition pairs_1 for values from (1, 2) to (3, maxvalue) | 2 rows of public.pairs_1 break partition bounds
          alter table users rename column name to title; alter table users alter column title set not null | 2 rows of public.users (title) break not null
          """)
  void countsTheRowsInTheWay(String up, String told, TestDatabase database) throws Exception {
    filled(database);
    revision(2, up + ";");

    assertThatThrownBy(() -> whimbrel(database, Options.defaults()).deploy("head"))
        .isInstanceOf(WhimbrelException.class)
        .hasMessageContaining("E_FINDINGS")
        .hasMessageContaining(told);
    assertThat(database.query("select count(*) from whimbrel.revision")).isEqualTo("1");
  }

  @Test
  void lossOfDataIsRefusedUntilItIsAccepted(TestDatabase database) throws Exception {
    filled(database);
    revision(2, "alter table users drop column age;\ndrop table settings;");
    String before = database.query("select string_agg(u::text, ',' order by id) from users u");

    assertThatThrownBy(() -> whimbrel(database, Options.defaults()).deploy("head"))
        .hasMessageContaining("W501")
        .satisfies(e -> assertThat(((WhimbrelException) e).problem().code().exit()).isEqualTo(11));
    assertThat(database.query("select string_agg(u::text, ',' order by id) from users u"))
        .isEqualTo(before);

    Result.Run run = whimbrel(database, Options.defaults().with("accept", "W501")).deploy("head");
    assertThat(run.current()).containsExactly("aaaa00000002");
    assertThat(run.findings())
        .extracting(each -> each.code() + " " + each.severity() + " " + each.allowed())
        .containsExactly("W501 error true", "W502 warn false");
  }

  @Test
  void aRoleWithoutRightsIsToldBeforeItTouchesAnything(TestDatabase database) throws Exception {
    filled(database);
    revision(
        2,
        """
        alter table users add column phone text;
        create table calls (id bigint primary key);
        create extension no_such_extension;\
        """);
    database.execute(
        """
        do $$ begin create role whimbrel_precheck; exception when duplicate_object then null; end $$\
        """);

    assertThatThrownBy(() ->
            whimbrel(database, Options.defaults().with("role", "whimbrel_precheck")).deploy("head"))
        .hasMessageContaining("whimbrel_precheck does not own public.users")
        .hasMessageContaining("whimbrel_precheck may not create anything in the schema public")
        .hasMessageContaining("does not have the extension no_such_extension");
  }

  @Test
  void whatIsHarmlessOnThisDatabaseGoesThrough(TestDatabase database) throws Exception {
    filled(database);
    revision(
        2,
        """
        drop table settings;
        alter table users add column phone text default 'none' not null;
        alter table users add constraint known check (name is not null) not valid;
        create index on users (name);
        create table calls (id bigint primary key, name text);
        alter table calls alter column name set not null;
        drop table calls;\
        """);

    Result.Run run = whimbrel(database, Options.defaults()).deploy("head");

    assertThat(run.findings()).extracting(Result.Finding::severity).doesNotContain("error");
    assertThat(run.current()).containsExactly("aaaa00000002");
  }
}
