package dev.whimbrel.embedded;

import static dev.whimbrel.embedded.EmbeddedPostgresTest.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whimbrel.dialect.postgresql.PostgresqlScratch;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.scratch.ScratchDatabase;
import dev.whimbrel.scratch.ScratchProviders;
import dev.whimbrel.scratch.ScratchRequest;
import dev.whimbrel.scratch.ScratchServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedScratchTest {
  private static final EmbeddedSettings SETTINGS = EmbeddedSettings.of(System.getenv());

  @SuppressWarnings("NullAway.Init")
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.scratch(SETTINGS, 18);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void makesScratchDatabasesOnAnEmbeddedServerOfTheMajorAskedFor() throws Exception {
    ScratchProviders providers = new ScratchProviders(List.of(new EmbeddedScratch(SETTINGS)));
    try (ScratchServer server = providers.open(new ScratchRequest("postgresql", 14));
        ScratchDatabase database = server.create();
        Connection connection = database.connect()) {
      assertThat(server.major()).isEqualTo(14);
      assertThat(server.description()).startsWith("embedded PostgreSQL 14.");
      assertThat(first(connection, "select current_database()")).isEqualTo(database.name());
    }
  }

  @Test
  void dropsADatabaseThoughSomebodyIsConnectedToIt() throws Exception {
    try (ScratchServer server = open(postgres.url("postgres"))) {
      ScratchDatabase database = server.create();
      try (Connection connection = database.connect()) {
        database.close();
        assertThatThrownBy(() -> first(connection, "select 1")).isInstanceOf(SQLException.class);
      }
      assertThat(databases()).isEmpty();
    }
  }

  @Test
  void dropsWhatAKilledRunLeftAndNothingOfALivingOne() throws Exception {
    execute("create database whimbrel_scratch_deadbeef_1");
    try (ScratchServer living = open(postgres.url("postgres"));
        ScratchDatabase used = living.create();
        ScratchServer next = open(postgres.url("postgres"))) {
      assertThat(next.leftovers()).isEmpty();
      assertThat(databases()).containsExactly(used.name());
    }
  }

  @Test
  void leavesAKilledRunsDatabaseAloneWhileTheServerWorksOnIt() throws Exception {
    execute("create database whimbrel_scratch_deadbeef_2");
    try (Connection busy = postgres.connect("whimbrel_scratch_deadbeef_2")) {
      open(postgres.url("postgres")).close();
      assertThat(first(busy, "select 1")).isEqualTo("1");
    }
    execute("drop database whimbrel_scratch_deadbeef_2 with (force)");
  }

  @Test
  void fillsATemplateOnceThoughManyAskAtOnce() throws Exception {
    AtomicInteger filled = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        results.add(
            threads.submit(() -> {
              try (ScratchServer server = open(postgres.url("postgres"));
                  ScratchDatabase database =
                      server.create(
                          "aaaabbbbccccdddd",
                          connection -> {
                            filled.incrementAndGet();
                            run(connection, "create table made_here as select 42 as answer");
                          });
                  Connection connection = database.connect()) {
                return first(connection, "select answer from made_here");
              }
            }));
      }
      for (Future<String> result : results) {
        assertThat(result.get()).isEqualTo("42");
      }
    }
    assertThat(filled).hasValue(1);
    execute("drop database whimbrel_tpl_aaaabbbbcccc");
  }

  @Test
  void keepsTheTemplatesThatWereUsedLast() throws Exception {
    try (ScratchServer server = open(postgres.url("postgres"))) {
      for (int i = 0; i < 14; i++) {
        server.create("%012d".formatted(i), connection -> {}).close();
      }
      assertThat(server.templates())
          .hasSize(12)
          .startsWith("whimbrel_tpl_000000000002")
          .endsWith("whimbrel_tpl_000000000013");
      for (String name : server.templates()) {
        execute("drop database " + name);
      }
    }
  }

  @Test
  void dropsTheRolesThatAScratchDatabaseBroughtToAServerOfOurOwn() throws Exception {
    try (ScratchServer server =
        ScratchServer.open(
            PostgresqlScratch.owned(postgres.url("postgres"), "a server", () -> {}))) {
      for (int i = 0; i < 2; i++) {
        try (ScratchDatabase database = server.create();
            Connection connection = database.connect()) {
          run(connection, "create role app_reader");
          run(connection, "create table made_here (id int)");
          run(connection, "grant select on made_here to app_reader");
        }
      }
    }
  }

  @Test
  void saysWhichRoleMayNotCreateDatabases() throws Exception {
    execute("create role modest login password 'modest'");
    Properties modest = new Properties();
    modest.setProperty("user", "modest");
    modest.setProperty("password", "modest");
    String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgres.port());
    WhimbrelException thrown =
        catchThrowableOfType(
            WhimbrelException.class, () -> PostgresqlScratch.on(url, modest, "the local server"));
    assertThat(thrown.problem().problem())
        .isEqualTo("The role \"modest\" may not create databases on the local server.");
    assertThat(thrown.problem().remedy()).contains("alter role \"modest\" createdb");

    execute("alter role modest createdb");
    try (ScratchServer server =
            ScratchServer.open(PostgresqlScratch.on(url, modest, "the local server"));
        ScratchDatabase database =
            server.create("fedcba987654", connection -> run(connection, "create schema s"));
        Connection connection = database.connect()) {
      assertThat(first(connection, "select to_regnamespace('s')")).isEqualTo("s");
    }
    execute("drop database whimbrel_tpl_fedcba987654");
    execute("drop role modest");
  }

  @Test
  void givesTheEncodingAndCollationOfTheDatabaseConnectedTo() throws Exception {
    execute(
        "create database local template template0 encoding 'UTF8' locale_provider icu"
            + " icu_locale 'de-DE' locale 'C'");
    try (ScratchServer server = open(postgres.url("local"));
        ScratchDatabase database = server.create();
        Connection connection = database.connect()) {
      assertThat(
              first(
                  connection,
                  "select datlocprovider::text || ' ' || datlocale from pg_database"
                      + " where datname = current_database()"))
          .isEqualTo("i de-DE");
    }
    execute("drop database local with (force)");
  }

  private static ScratchServer open(String url) {
    return ScratchServer.open(PostgresqlScratch.on(url, new Properties(), "the test's server"));
  }

  private static List<String> databases() throws SQLException {
    try (Connection connection = postgres.connect("postgres")) {
      String names =
          first(
              connection,
              "select coalesce(string_agg(datname, ','), '') from pg_database"
                  + " where datname like 'whimbrel\\_scratch\\_%'");
      return names.isEmpty() ? List.of() : List.of(names.split(",", -1));
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = postgres.connect("postgres")) {
      run(connection, sql);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
