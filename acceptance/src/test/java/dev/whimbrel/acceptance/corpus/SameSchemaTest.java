package dev.whimbrel.acceptance.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.render.Script;
import dev.whimbrel.render.Situation;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.RoundTrip;
import dev.whimbrel.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One schema is one schema: through a dump, through our own SQL, and in any spelling. */
@ExtendWith(PostgresExtension.class)
class SameSchemaTest {
  private static final int MAJOR = 15;

  private final RoundTrip trip = new RoundTrip(MAJOR);

  @Test
  void noChangeIsSeenThroughPgDumpAndReload() throws IOException, SQLException {
    try (TestDatabase one = PostgresExtension.create(MAJOR);
        TestDatabase other = PostgresExtension.create(MAJOR);
        Connection first = one.connect();
        Connection second = other.connect()) {
      RoundTrip.load(first, rich());
      String dump = new PgDump(one.server().url("postgres")).dump(first);
      org.junit.jupiter.api.Assumptions.assumeFalse(dump.isEmpty(), "pg_dump 15 is not installed");
      RoundTrip.load(second, dump);
      assertSame(trip.read(first), trip.read(second));
    }
  }

  @Test
  void ourOwnSqlMakesWhatPgDumpSees() throws IOException, SQLException, RoundTrip.Mismatch {
    try (TestDatabase one = PostgresExtension.create(MAJOR);
        TestDatabase other = PostgresExtension.create(MAJOR);
        Connection first = one.connect();
        Connection second = other.connect()) {
      RoundTrip.load(first, rich());
      Schema schema = trip.read(first);
      Schema empty = trip.read(second);
      trip.go(second, schema, Situation.Style.OFFLINE);
      assertThat(trip.read(second)).isEqualTo(schema);
      trip.go(second, empty, new Situation.Style(true, true));
      assertThat(trip.read(second)).isEqualTo(empty);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a int4, b varchar, c float, d decimal(5,2) | a integer, b character varying, c double precision, d numeric(5,2)",
        "a bool default 't', b text default 'x', c int default -1 | a boolean default true, b text default 'x'::text, c int default '-1'::integer",
        "a timestamptz default current_timestamp, b date default current_date | a timestamp with time zone default CURRENT_TIMESTAMP, b date default (current_date)",
        "a varchar(5) check (a in ('x', 'y')), b text default null | a varchar(5) check ((a)::text = any ((array['x'::character varying, 'y'::character varying])::text[])), b text",
        "a int check (a between 1 and 5), b text check (b ~ '^a' and length(b) < 3 or b is null) | a int check (a >= 1 and a <= 5), b text check (((b ~ '^a') and (length(b) < 3)) or (b is null))",
        "a int primary key, b int unique | b int, a int, primary key (a), constraint t_b_key unique (b)",
        "a int, b int, constraint uk_abcdefghij1234567890abcd unique (b) | b int unique, a int",
      })
  void noChangeIsSeenBetweenTwoSpellings(String one, String other) throws SQLException {
    assertSame(
        read("create table t (" + one + ");"), read("create table public.t (" + other + ");"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select * from t where a in (1, 2) | select t.a from public.t where (t.a = any (array[1, 2]))",
        "select t.a from t t | select a from t",
        "select a::text from t union all select cast(a as text) from t | select t.a::text as a from t t union all select t.a::text from t",
      })
  void noChangeIsSeenBetweenTwoSpellingsOfAView(String one, String other) throws SQLException {
    String table = "create table t (a integer); create view v as ";
    assertSame(read(table + one + ";"), read(table + other + ";"));
  }

  private Schema read(String sql) throws SQLException {
    try (TestDatabase database = PostgresExtension.create(MAJOR);
        Connection connection = database.connect()) {
      RoundTrip.load(connection, sql);
      return trip.read(connection);
    }
  }

  private void assertSame(Schema one, Schema other) {
    Script script = trip.script(trip.compare(one, other), Situation.Style.OFFLINE);
    assertThat(script.text()).isEmpty();
    assertThat(trip.compare(other, one).changes()).isEmpty();
  }

  private static String rich() throws IOException {
    try (InputStream in = SameSchemaTest.class.getResourceAsStream("/schemas/rich.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
