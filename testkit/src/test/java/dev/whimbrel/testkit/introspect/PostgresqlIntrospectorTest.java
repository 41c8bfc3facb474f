package dev.whimbrel.testkit.introspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.dialect.Contents;
import dev.whimbrel.dialect.postgresql.PostgresqlDialect;
import dev.whimbrel.dialect.postgresql.PostgresqlIntrospector;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.introspect.Outside;
import dev.whimbrel.schema.CanonicalText;
import dev.whimbrel.schema.ConstraintContent;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.TableContent.Identity;
import dev.whimbrel.sql.Lexis;
import dev.whimbrel.sql.Splitter;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class PostgresqlIntrospectorTest {
  private static final IntrospectOptions OPTIONS = IntrospectOptions.defaults();

  private static Schema read(TestDatabase database, IntrospectOptions options) throws SQLException {
    try (Connection connection = database.connect()) {
      return new PostgresqlIntrospector().introspect(connection, options);
    }
  }

  private static TestDatabase rich(int major) throws IOException, SQLException {
    TestDatabase database = PostgresExtension.create(major);
    for (int since : new int[] {0, 15, 18}) {
      String name = since == 0 ? "rich.sql" : "rich-" + since + ".sql";
      if (since <= major) {
        String sql = SingleChangeTest.resource(name);
        for (var each : new Splitter(Lexis.postgresql()).split(name, sql)) {
          database.execute(each.text());
        }
      }
    }
    return database;
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 18})
  void theSameSchemaInTwoDatabasesIsEqual(int major) throws IOException, SQLException {
    try (TestDatabase one = rich(major);
        TestDatabase other = rich(major)) {
      Schema schema = read(one, OPTIONS.withOwners(true));

      assertThat(schema.toString()).isEqualTo(read(other, OPTIONS.withOwners(true)).toString());
      assertThat(schema).isEqualTo(read(other, OPTIONS.withOwners(true)));
      assertThat(schema.unmodelled()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 18})
  void everyKindOfFactIsMet(int major) throws IOException, SQLException {
    try (TestDatabase database = rich(major)) {
      Set<Kind> met =
          read(database, OPTIONS.withOwners(true)).facts().stream()
              .map(Fact::kind)
              .collect(Collectors.toSet());
      EnumSet<Kind> missing = EnumSet.complementOf(EnumSet.of(Kind.VERBATIM));
      missing.removeAll(met);

      if (major >= 15) {
        assertThat(missing).isEmpty();
      } else {
        assertThat(missing).containsExactly(Kind.PUBLICATION_SCHEMA);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 18})
  void allDependenciesCanBeOrdered(int major) throws IOException, SQLException {
    try (TestDatabase database = rich(major)) {
      Schema schema = read(database, OPTIONS);
      Set<FactId> placed = new TreeSet<>();
      int before = -1;
      while (placed.size() > before) {
        before = placed.size();
        for (FactId id : schema.byId().keySet()) {
          if (placed.containsAll(schema.dependencies(id))) {
            placed.add(id);
          }
        }
      }

      assertThat(placed).isEqualTo(schema.byId().keySet());
    }
  }

  @Test
  void aViewDependsOnTheFunctionColumnsAndTypesItUses(TestDatabase database) throws SQLException {
    database.execute(
        """
        create type mood as enum ('ok');
        create function twice(a integer) returns integer language sql as 'select a * 2';
        create table t (a integer, m mood, unused text);
        create view v as select twice(a) as b, m from t;
        create view w as select b from v;
        """);
    Schema schema = read(database, OPTIONS);

    assertThat(schema.dependencies(FactId.of(Kind.VIEW, "public", "v")))
        .contains(
            FactId.of(Kind.ROUTINE, "public", "twice", "integer"),
            FactId.of(Kind.TABLE, "public", "t"),
            FactId.of(Kind.COLUMN, "public", "t", "a"),
            FactId.of(Kind.COLUMN, "public", "t", "m"))
        .doesNotContain(FactId.of(Kind.COLUMN, "public", "t", "unused"));
    assertThat(schema.dependencies(FactId.of(Kind.VIEW, "public", "w")))
        .contains(FactId.of(Kind.VIEW, "public", "v"));
    assertThat(schema.dependencies(FactId.of(Kind.COLUMN, "public", "t", "m")))
        .contains(FactId.of(Kind.ENUM, "public", "mood"));
  }

  @Test
  void aForeignKeyDependsOnTheKeyItRefersTo(TestDatabase database) throws SQLException {
    database.execute(
        """
        create table a (id int constraint a_key primary key);
        create table b (a int constraint b_a references a)
        """);

    assertThat(
            read(database, OPTIONS).dependencies(FactId.of(Kind.FOREIGN_KEY, "public", "b", "b_a")))
        .contains(
            FactId.of(Kind.PRIMARY_KEY, "public", "a", "a_key"),
            FactId.of(Kind.COLUMN, "public", "b", "a"));
  }

  @Test
  void spellingAndColumnOrderDoNotCount(TestDatabase database, TestDatabase other)
      throws SQLException {
    database.execute(
        """
        create table t (a int4 primary key, b character varying(5) default 'x', c decimal(5,2));
        create view v as select a from t where a in (1, 2)
        """);
    other.execute(
        """
        create table t (c numeric(5,2), b varchar(5), a integer not null);
        alter table t add constraint t_pkey primary key (a);
        alter table only public.t alter b set default cast('x' as varchar);
        create view public.v as (select t.a from public.t where (a = any (array[1, 2])))
        """);

    assertThat(read(database, OPTIONS)).isEqualTo(read(other, OPTIONS));
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 18})
  void aPartitionIsTheSameWhetherCreatedOrAttached(int major) throws SQLException {
    try (TestDatabase created = PostgresExtension.create(major);
        TestDatabase attached = PostgresExtension.create(major)) {
      String parent =
          """
          create table e (k text not null, v int default 1 constraint positive check (v > 0), primary key (k))
            partition by list (k);
          create index e_v on e (v);
          """;
      created.execute(parent + "create table e_a partition of e for values in ('a')");
      attached.execute(
          """
          create table e_a (k text not null, v int default 1 constraint positive check (v > 0));
          """
              + parent
              + "alter table e attach partition e_a for values in ('a')");

      assertThat(read(attached, OPTIONS).toString()).isEqualTo(read(created, OPTIONS).toString());
    }
  }

  @Test
  void anExpressionKeepsItsTextWhenItIsReadAgain(TestDatabase database, TestDatabase again)
      throws SQLException {
    String table = "create table t (s varchar(9), n int, ";
    String list = "(s in ('it''s, ]', 'b') or s not in ('c', 'd')) and n in (1, 2)";
    database.execute(table + "constraint c check (" + list + "))");
    Schema schema = read(database, OPTIONS);
    String text =
        schema
            .find(FactId.of(Kind.CHECK, "public", "t", "c"), ConstraintContent.Check.class)
            .orElseThrow()
            .expression();
    again.execute(table + "constraint c check " + text + ")");

    assertThat(text).contains("ARRAY[('it''s, ]'::character varying)::text, ('b'::");
    assertThat(read(again, OPTIONS)).isEqualTo(schema);
    assertThat(
            again.query("select pg_get_constraintdef(oid) from pg_constraint where conname = 'c'"))
        .isEqualTo("CHECK " + text);
  }

  @Test
  void theColumnOfASerialAndOfAnIdentityGetInventedSequences(TestDatabase database)
      throws SQLException {
    database.execute(
        """
        create table t (
          a int generated always as identity,
          b int generated always as identity (sequence name chosen))
        """);
    Schema schema = read(database, OPTIONS);

    assertThat(schema.facts(Kind.SEQUENCE)).isEmpty();
    assertThat(schema.find(FactId.of(Kind.IDENTITY, "public", "t", "a"), Identity.class))
        .hasValueSatisfying(found -> assertThat(found.sequenceName()).isNull());
    assertThat(schema.find(FactId.of(Kind.IDENTITY, "public", "t", "b"), Identity.class))
        .hasValueSatisfying(
            found -> assertThat(found.sequenceName()).containsExactly("public", "chosen"));
  }

  @Test
  void membersOfExtensionsAndTheHistoryAreOutside(TestDatabase database) throws SQLException {
    database.execute(
        """
        create extension hstore;
        create schema whimbrel;
        create table whimbrel.revision (id text)
        """);

    assertThat(read(database, OPTIONS).byId().keySet())
        .extracting(FactId::toString)
        .containsExactly(
            "NAMESPACE public", "EXTENSION hstore", "GRANT NAMESPACE.public.PUBLIC.USAGE");
  }

  @Test
  void aPresetLeavesOutWhatThePlatformManagesButKeepsWhatUsersHangOnIt(TestDatabase database)
      throws SQLException {
    database.execute(
        """
        create schema auth;
        create table auth.users (id int primary key);
        create schema storage;
        create table storage.objects (id int);
        create policy mine on storage.objects for select using (true);
        create function public.on_user() returns trigger language plpgsql as 'begin return new; end';
        create trigger created after insert on auth.users
          for each row execute function public.on_user();
        create table public.profiles (id int references auth.users);
        """);
    Schema schema = read(database, OPTIONS.withOutside(Outside.preset("supabase")));

    assertThat(schema.byId().keySet())
        .extracting(FactId::toString)
        .containsExactly(
            "NAMESPACE public",
            "ROUTINE public.on_user.",
            "TABLE public.profiles",
            "COLUMN public.profiles.id",
            "FOREIGN_KEY public.profiles.profiles_id_fkey",
            "TRIGGER auth.users.created",
            "POLICY storage.objects.mine",
            "GRANT NAMESPACE.public.PUBLIC.USAGE");
  }

  @Test
  void anUnknownPresetNamesTheNearest() {
    assertThat(Outside.presets()).contains("supabase", "neon", "rds");
    assertThatThrownBy(() -> Outside.preset("supabse"))
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.E_CONFIG);
              assertThat(e.problem().remedy()).contains("supabase");
            });
  }

  @Test
  void nothingIsWrittenAndTheConnectionIsLeftAsItWas(TestDatabase database) throws SQLException {
    database.execute("create table t (a int)");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = public, pg_temp");
      statement.execute("set timezone = 'Asia/Tokyo'");
      new PostgresqlIntrospector().introspect(connection, OPTIONS);

      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(show(statement, "search_path")).isEqualTo("public, pg_temp");
      assertThat(show(statement, "timezone")).isEqualTo("Asia/Tokyo");
      assertThat(show(statement, "transaction_read_only")).isEqualTo("off");
    }
  }

  @Test
  void anOpenTransactionStaysOpenAndItsChangesAreSeen(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local search_path = pg_temp, public");
      statement.execute("create table public.fresh (a int)");
      Schema inside = new PostgresqlIntrospector().introspect(connection, OPTIONS);

      assertThat(inside.contains(FactId.of(Kind.TABLE, "public", "fresh"))).isTrue();
      assertThat(show(statement, "search_path")).isEqualTo("pg_temp, public");
      assertThat(database.query("select to_regclass('public.fresh')")).isEmpty();
      connection.commit();
      assertThat(database.query("select to_regclass('public.fresh')")).isEqualTo("fresh");
    }
  }

  @Test
  void theSettingsOfTheSessionDoNotChangeWhatIsRead(TestDatabase database) throws SQLException {
    database.execute(
        """
        create table t (a timestamptz default '2024-01-01 00:00+00', b interval default '1 day 2h',
          c float8 default 0.1, d bytea default '\\x00ff')
        """);
    String plain = read(database, OPTIONS).toString();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          set timezone = 'Asia/Tokyo'; set datestyle = 'ISO, DMY'; set intervalstyle = 'iso_8601';
          set extra_float_digits = 0; set bytea_output = 'escape'; set quote_all_identifiers = on
          """);

      assertThat(new PostgresqlIntrospector().introspect(connection, OPTIONS).toString())
          .isEqualTo(plain);
    }
  }

  @Test
  void theNumberOfQueriesDoesNotGrowWithTheSchema(TestDatabase database) throws SQLException {
    int small = queries(database);
    database.execute(
        """
        do $$ begin
          for i in 1..60 loop
            execute format('create table t%s (a int primary key, b text unique)', i);
            execute format('create view v%s as select a from t%s', i, i);
          end loop;
        end $$
        """);

    assertThat(queries(database)).isEqualTo(small);
  }

  private static int queries(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      CountingConnection counting = new CountingConnection(connection);
      new PostgresqlIntrospector().introspect(counting.proxy(), OPTIONS);
      return counting.statements();
    }
  }

  @Test
  void oddNamesSurvive(TestDatabase database) throws SQLException {
    database.execute(
        """
        create schema "a.b";
        create table "a.b"."t "" ON x.y " ("col, 1" int, "Ünï" text);
        create function "a.b"."f(x"() returns trigger language plpgsql as 'begin return new; end';
        create trigger "tr ON " before insert on "a.b"."t "" ON x.y "
          for each row execute function "a.b"."f(x"();
        create rule "r AS" as on delete to "a.b"."t "" ON x.y " do instead nothing;
        create index "i 1" on "a.b"."t "" ON x.y " ("col, 1", "Ünï");
        """);
    Schema schema = read(database, OPTIONS);

    for (Fact fact : schema.facts()) {
      assertThat(FactId.parse(fact.id().toString())).isEqualTo(fact.id());
    }
    assertThat(schema.contains(FactId.of(Kind.TRIGGER, "a.b", "t \" ON x.y ", "tr ON "))).isTrue();
    assertThat(CanonicalText.parse(schema.toString())).hasSameSizeAs(schema.facts());
  }

  @Test
  void ownersCountOnlyWhenAskedFor(TestDatabase database) throws SQLException {
    database.execute("create table t (a int)");

    assertThat(read(database, OPTIONS).facts(Kind.OWNER)).isEmpty();
    assertThat(read(database, OPTIONS.withOwners(true)).facts(Kind.OWNER))
        .extracting(fact -> fact.id().target())
        .contains(FactId.of(Kind.TABLE, "public", "t"));
    assertThat(read(database, OPTIONS.withGrants(false)).facts(Kind.GRANT)).isEmpty();
  }

  @Test
  void onlyTheNamedSchemasAreRead(TestDatabase database) throws SQLException {
    database.execute("create schema one; create table one.t (); create table public.t ()");

    assertThat(read(database, OPTIONS.withOnlySchemas(Set.of("one"))).facts())
        .extracting(fact -> fact.id().toString())
        .isEqualTo(List.of("NAMESPACE one", "TABLE one.t"));
  }

  @Test
  void whatOtherProgramsManageIsNotTheUsers(TestDatabase database) throws SQLException {
    database.execute("create schema hdb_catalog; create table hdb_catalog.t ()");
    database.execute("create schema graphile_worker; create table graphile_worker.t ()");
    database.execute("create schema heroku_ext; create schema mine; create table mine.t ()");

    try (Connection connection = database.connect()) {
      Schema schema = PostgresqlDialect.create().contents().schema(connection, "whimbrel");
      assertThat(schema.facts(Kind.NAMESPACE))
          .extracting(fact -> fact.id().toString())
          .isEqualTo(List.of("NAMESPACE mine", "NAMESPACE public"));
      assertThat(schema.facts(Kind.TABLE))
          .extracting(fact -> fact.id().toString())
          .isEqualTo(List.of("TABLE mine.t"));
    }
  }

  @Test
  void aDatabaseWithOtherProgramsSchemasOnlyHoldsNothingOfTheUsers(TestDatabase database)
      throws SQLException {
    database.execute("create schema hdb_catalog; create table hdb_catalog.t ()");
    database.execute("create schema graphile_worker; create table graphile_worker.t ()");

    try (Connection connection = database.connect()) {
      Contents contents = PostgresqlDialect.create().contents();
      assertThat(contents.userObjects(connection, "whimbrel", 5)).isEmpty();

      database.execute("create schema hdb_catalogs; create table hdb_catalogs.t ()");
      assertThat(contents.userObjects(connection, "whimbrel", 5))
          .isEqualTo(List.of("hdb_catalogs.t"));
    }
  }

  private static String show(Statement statement, String setting) throws SQLException {
    try (var rows = statement.executeQuery("show " + setting)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
