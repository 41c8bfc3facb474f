package dev.whimbrel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.Options;
import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.embedded.EmbeddedScratch;
import dev.whimbrel.embedded.EmbeddedSettings;
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

/** What {@code simulate} and {@code lint} say about real targets. */
@ExtendWith(PostgresExtension.class)
@PostgresMajor(15)
class SimulateTest {
  private static final String CONTENT =
      """
      select string_agg(format('%s %s %s %s', relname, n_tup_ins, n_tup_upd, n_tup_del), ','
        order by relname) || (select string_agg(u::text, ',' order by id) from users u)
      from pg_stat_user_tables\
      """;

  @TempDir Path folder;

  private void revision(String id, String revises, String up, String down) throws IOException {
    Files.writeString(
        folder.resolve(id + ".sql"),
        "-- revision: %s\n%s-- message: change\n\n-- +upgrade\n\n%s\n\n-- +downgrade\n\n%s\n"
            .formatted(id, revises.isEmpty() ? "" : "-- revises: " + revises + "\n", up, down));
    Files.writeString(folder.resolve("HEAD"), id + "\n");
  }

  private Whimbrel whimbrel(TestDatabase database, Options options) {
    return Whimbrel.in(folder)
        .url(database.url())
        .options(options)
        .scratch(List.of(new EmbeddedScratch(EmbeddedSettings.of(System.getenv()))))
        .build();
  }

  private void deployed(TestDatabase database) throws Exception {
    revision(
        "aaaa00000001",
        "",
        "create table users (id bigint primary key, name text, phone text, born text);",
        "drop table users;");
    whimbrel(database, Options.defaults()).deploy("head");
    database.execute(
        """
        insert into users select g, case when g % 10 = 0 then null else 'n' || g % 50 end,
          'p' || g, case g when 7 then 'soon' else '2001' end from generate_series(1, 100) g;
        analyze\
        """);
  }

  private static List<String> blocking(Result.Simulation simulation) {
    return simulation.blocking().stream().map(Result.Finding::code).distinct().toList();
  }

  @Test
  void knowsTheTargetsRoles(TestDatabase database) throws Exception {
    deployed(database);
    database.execute(
        """
        do $$ begin create role whimbrel_reporting; exception when duplicate_object then null; end $$;
        alter table users enable row level security;
        create policy reporting on users to whimbrel_reporting using (true)\
        """);
    revision(
        "aaaa00000002",
        "aaaa00000001",
        "grant select on users to whimbrel_reporting;",
        "revoke select on users from whimbrel_reporting;");

    Result.Simulation simulation = whimbrel(database, Options.defaults()).simulate("head");

    assertThat(simulation.exit()).isZero();
    assertThat(simulation.notes()).noneMatch(each -> each.contains("reporting"));
  }

  @Test
  void countsTheRowsInTheWayAndShowsThemByKey(TestDatabase database) throws Exception {
    deployed(database);
    revision(
        "aaaa00000002",
        "aaaa00000001",
        """
        alter table users add constraint named check (name <> 'n5');
        alter table users rename column name to full_name;
        alter table users alter column full_name set not null;
        alter table users alter column born type int using born::int;
        alter table users add constraint one unique (full_name);\
        """,
        "alter table users rename column full_name to name;");
    String before = database.query(CONTENT);

    Result.Simulation simulation = whimbrel(database, Options.defaults()).simulate("head");

    assertThat(simulation.exit()).isEqualTo(11);
    assertThat(simulation.preflight())
        .extracting(each -> each.check() + " " + each.violations() + " " + each.examples())
        .containsExactly(
            "check 2 [id=5, id=55]",
            "not null 10 [id=10, id=100, id=20]",
            "type integer 1 [id=7]",
            "unique 45 [full_name=n1, full_name=n11, full_name=n12]");
    assertThat(blocking(simulation)).contains("W350");
    assertThat(simulation.failure()).isNull();
    assertThat(database.query(CONTENT)).isEqualTo(before);
  }

  @Test
  void saysWhatAStatementLocksReadsAndCopies(TestDatabase database) throws Exception {
    deployed(database);
    revision(
        "aaaa00000002",
        "aaaa00000001",
        """
        alter table users alter column id type numeric;
        -- +no-transaction
        create index concurrently users_phone on users (phone);\
        """,
        """
        drop index users_phone;
        alter table users alter column id type bigint;\
        """);

    Result.Simulation simulation = whimbrel(database, Options.defaults()).simulate("head");

    Result.Statement first = simulation.statements().get(0);
    assertThat(first.rewrites()).contains("public.users");
    assertThat(first.locks())
        .contains(new Result.Lock("public.users", "AccessExclusive", List.of("read", "write")));
    Result.Statement second = simulation.statements().get(1);
    assertThat(second.transactional()).isFalse();
    assertThat(second.locks())
        .containsExactly(new Result.Lock("public.users", "ShareUpdateExclusive", List.of()));
    assertThat(second.indexBuilds()).containsExactly("public.users_phone");
    assertThat(simulation.reversible()).isTrue();
    assertThat(simulation.findings())
        .filteredOn(each -> each.code().equals("W201"))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.severity()).isEqualTo("warn");
          assertThat(each.line()).isEqualTo(7);
        });
  }

  @Test
  void whatTheServerMakesAgainForANewTypeIsNoNewConstraintOrIndex(TestDatabase database)
      throws Exception {
    deployed(database);
    database.execute("alter table users add code varchar(40); create index on users (code)");
    revision(
        "aaaa00000002",
        "aaaa00000001",
        """
        alter table users alter code type text;
        alter table users add constraint positive check (id > 5);
        alter table users alter id type numeric;\
        """,
        "select 1;");

    Result.Simulation simulation = whimbrel(database, Options.defaults()).simulate("head");

    Result.Statement wider = simulation.statements().get(0);
    assertThat(wider.indexBuilds()).isEmpty();
    assertThat(wider.rewrites()).isEmpty();
    assertThat(simulation.findings())
        .filteredOn(each -> each.code().equals("W302") || each.code().equals("W350"))
        .extracting(each -> each.code() + " " + each.statement())
        .containsExactly("W302 2", "W350 2");
  }

  @Test
  void lossOfDataIsAnErrorUntilTheFileAllowsIt(TestDatabase database) throws Exception {
    deployed(database);
    revision(
        "aaaa00000002",
        "aaaa00000001",
        "alter table users drop column phone;",
        "alter table users add column phone text;");
    assertThat(blocking(whimbrel(database, Options.defaults()).simulate("head")))
        .containsExactly("W501");
    assertThat(
            blocking(
                whimbrel(database, Options.defaults().with("accept", "W501")).simulate("head")))
        .isEmpty();

    revision(
        "aaaa00000002",
        "aaaa00000001",
        "-- +allow W501 nobody calls\nalter table users drop column phone;",
        "alter table users add column phone text;");
    Result.Simulation allowed = whimbrel(database, Options.defaults()).simulate("head");
    assertThat(allowed.exit()).isZero();
    assertThat(allowed.findings())
        .filteredOn(each -> each.code().equals("W501"))
        .allMatch(Result.Finding::allowed);
  }

  @Test
  void rehearsesOnTheLiveSchemaNotOnTheReplayedHistory(TestDatabase database) throws Exception {
    deployed(database);
    database.execute("alter table users add column added_by_hand int");
    revision(
        "aaaa00000002",
        "aaaa00000001",
        "alter table users add column added_by_hand int;",
        "alter table users drop column added_by_hand;");

    Result.Simulation simulation = whimbrel(database, Options.defaults()).simulate("head");

    assertThat(simulation.exit()).isEqualTo(11);
    assertThat(blocking(simulation)).contains("W700");
    assertThat(simulation.failure()).isNotNull();
    assertThat(database.query("select count(*) from whimbrel.revision")).isEqualTo("1");
  }

  @Test
  void addingARequiredColumnToATableWithRowsIsAnError(TestDatabase database) throws Exception {
    deployed(database);
    revision(
        "aaaa00000002",
        "aaaa00000001",
        "alter table users add column email text not null;",
        "alter table users drop column email;");
    assertThat(blocking(whimbrel(database, Options.defaults()).simulate("head"))).contains("W317");
    database.execute("truncate users; analyze");
    assertThat(whimbrel(database, Options.defaults()).simulate("head").exit()).isZero();
  }

  @Test
  void lintSupposesWhatLooseSqlTakesForGranted() throws Exception {
    revision("aaaa00000001", "", "create table users (id bigint primary key);", "select 1;");
    Path loose = folder.resolveSibling(folder.getFileName() + ".loose.sql");
    Files.writeString(
        loose,
        """
        alter table users alter column id type numeric;
        alter table orders alter column total set not null;
        alter table orders add foreign key (shop_id) references shops (id);
        alter table tickets alter column seats type bigint;
        drop index if exists tickets_seats;
        """);
    try {
      Result.Lint lint =
          Whimbrel.in(folder)
              .scratch(List.of(new EmbeddedScratch(EmbeddedSettings.of(System.getenv()))))
              .build()
              .lint(List.of(loose.toString()));
      assertThat(lint.failure()).isNull();
      assertThat(lint.revisions()).extracting(Result.Revision::file).containsExactly(loose + "");
      assertThat(lint.findings())
          .filteredOn(each -> !each.severity().equals("info"))
          .extracting(each -> each.statement() + " " + each.code())
          .contains("1 W201", "2 W301", "3 W303", "4 W201", "5 W105");
      assertThat(String.join("", lint.notes()))
          .contains("create table orders", "add column total", "create table shops")
          .doesNotContain("create table users");
    } finally {
      Files.deleteIfExists(loose);
    }
  }

  @Test
  void lintNeedsNoTarget() throws Exception {
    revision(
        "aaaa00000001",
        "",
        "create table users (id bigint primary key, name text);",
        "drop table users;");
    revision(
        "aaaa00000002",
        "aaaa00000001",
        "alter table users alter column name set not null;",
        "alter table users alter column name drop not null;");
    Whimbrel files =
        Whimbrel.in(folder)
            .scratch(List.of(new EmbeddedScratch(EmbeddedSettings.of(System.getenv()))))
            .build();
    assertThat(files.lint(List.of()).findings()).extracting(Result.Finding::code).contains("W301");
    assertThat(files.lint(List.of("aaaa00000001.sql")).blocking()).isEmpty();
  }
}
