package dev.whimbrel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresExtensionTest {
  @Test
  void givesAnEmptyDatabaseOfTheDefaultMajor(TestDatabase database) throws Exception {
    assertThat(database.query("show server_version")).startsWith("18.");
    assertThat(
            database.query(
                "select count(*) from pg_class where relnamespace = 'public'::regnamespace"))
        .isEqualTo("0");
    database.execute("create table made_here (id int)");
  }

  @Test
  void keepsTwoDatabasesOfOneTestApart(TestDatabase one, TestDatabase other) throws Exception {
    one.execute("create table made_here (id int)");
    assertThat(other.query("select to_regclass('made_here')")).isEmpty();
    assertThat(one.query("select to_regclass('made_here')")).isEqualTo("made_here");
  }

  @Test
  void dropsTheDatabaseThoughSomebodyIsConnected() throws Exception {
    TestDatabase database = PostgresExtension.create(18);
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute("select 1");
      database.close();
      try (TestDatabase other = PostgresExtension.create(18)) {
        assertThat(
                other.query(
                    "select count(*) from pg_database where datname = '" + database.name() + "'"))
            .isEqualTo("0");
      }
    }
  }
}
