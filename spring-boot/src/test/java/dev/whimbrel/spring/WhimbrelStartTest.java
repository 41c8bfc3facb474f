package dev.whimbrel.spring;

import static dev.whimbrel.spring.Databases.and;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.Result;
import dev.whimbrel.State;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** An application with JPA starts on a real PostgreSQL, on the Spring Boot that is meant. */
class WhimbrelStartTest {
  @TempDir private Path folder;
  private final String[] database = Databases.empty();
  private Path migrations = Path.of("");

  @BeforeEach
  void writesRevisions() {
    migrations = Databases.migrations(folder.resolve("migrations"));
  }

  private String[] with(String... properties) {
    return and(and(database, "whimbrel.migrations=" + migrations), properties);
  }

  @Test
  void runsOnTheSpringBootThatIsMeant() {
    assertThat(SpringBootVersion.getVersion())
        .isEqualTo(System.getProperty("expected.spring-boot"));
  }

  @Test
  void refusesToStartWhenTheDatabaseIsBehindThisCodeAndSaysWhatToDo() {
    assertThatThrownBy(() -> Application.start(with()))
        .hasRootCauseInstanceOf(WhimbrelException.class)
        .satisfies(e -> {
          FailureAnalysis analysis = new WhimbrelFailureAnalyzer().analyze(e);
          assertThat(analysis).isNotNull();
          assertThat(analysis.getDescription())
              .contains("E_PENDING", "is at None", "needs aaaa00000001", "Create the birds")
              .doesNotContain("password");
          assertThat(analysis.getAction()).contains("whimbrel deploy", "whimbrel.mode=deploy");
        });
  }

  @Test
  void deploysBeforeHibernateValidatesTheSchema() {
    try (var context = Application.start(with("whimbrel.mode=deploy"))) {
      assertThat(context.getBean(Application.Birds.class).names()).containsExactly("whimbrel");
    }
    try (var context = Application.start(with())) {
      assertThat(context.getBean(Application.Birds.class).names()).containsExactly("whimbrel");
    }
  }

  @Test
  void startsOnADatabaseThatIsAheadOfThisCode() throws IOException {
    Databases.second(migrations);
    Application.start(with("whimbrel.mode=deploy")).close();
    Files.delete(migrations.resolve("20260102_aaaa00000002_weight.sql"));
    Files.writeString(migrations.resolve("HEAD"), "aaaa00000001\n");
    try (var context = Application.start(with())) {
      assertThat(context.getBean(Observation.class).seen().details())
          .containsEntry("state", "AHEAD");
    }
  }

  @Test
  void refusesADatabaseWhoseRevisionHasOtherSql() throws IOException {
    Application.start(with("whimbrel.mode=deploy")).close();
    Path file = migrations.resolve("20260101_aaaa00000001_birds.sql");
    Files.writeString(file, Files.readString(file).replace("bigint", "integer"));
    assertThatThrownBy(() -> Application.start(with()))
        .rootCause()
        .isInstanceOfSatisfying(
            WhimbrelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_DIVERGED));
  }

  @Test
  void asksOneQueryWhenTheDatabaseIsWhereThisCodeIs() {
    Databases.execute("postgres", "create role gate superuser login password 'gate'");
    Databases.execute("postgres", "alter role gate set log_statement = 'all'");
    Application.start(with("whimbrel.mode=deploy")).close();
    String before = Databases.log();
    Application.start(with("whimbrel.user=gate", "whimbrel.password=gate")).close();
    assertThat(Databases.log().substring(before.length()).lines())
        .filteredOn(line -> line.contains("LOG:  statement:") || line.contains("LOG:  execute"))
        .singleElement()
        .asString()
        .contains("select 'f'");
  }

  /** The role may have one connection, and the pool has it. */
  @Test
  void looksOverTheApplicationsPool() {
    Databases.execute("postgres", "create role single login password 'x' connection limit 1");
    Databases.execute("postgres", "grant pg_read_all_data to single");
    Application.start(with("whimbrel.mode=deploy")).close();
    String[] single =
        and(
            with(),
            "spring.datasource.username=single",
            "spring.datasource.password=x",
            "spring.datasource.hikari.maximum-pool-size=1");
    try (var context = Application.start(single)) {
      assertThat(context.getBean(Application.Birds.class).names()).containsExactly("whimbrel");
      assertThat(context.getBean(Whimbrel.class).status(false).state()).isEqualTo(State.IN_SYNC);
    }
  }

  @Test
  void rehearsesOnAScratchServerOfItsOwn() {
    Application.start(with("whimbrel.mode=deploy")).close();
    try (var context = Application.start(with())) {
      Databases.second(migrations);
      Result.Simulation simulation = context.getBean(Whimbrel.class).simulate("head");
      assertThat(simulation.rehearsed()).isTrue();
      assertThat(simulation.statements()).hasSize(1);
    }
  }

  @Test
  void rehearsesOnTheNextServerWhenTheConfiguredOneIsAway() {
    try (var context =
        Application.start(
            with("whimbrel.mode=deploy", "whimbrel.scratch-url=postgres://a:b@localhost:1/c"))) {
      Databases.second(migrations);
      assertThat(context.getBean(Whimbrel.class).simulate("head").rehearsed()).isTrue();
    }
  }

  @Test
  void waitsUntilSomebodyElseHasDeployed() {
    CompletableFuture<Integer> waiting =
        CompletableFuture.supplyAsync(() -> {
          try (var context =
              Application.start(with("whimbrel.mode=wait", "whimbrel.wait-timeout=60s"))) {
            return context.getBean(Application.Birds.class).names().size();
          }
        });
    // Not a second application: two that start at once share one logging system.
    Whimbrel.in(migrations).url(Databases.url(Databases.name(database))).build().deploy("head");
    assertThat(waiting.join()).isEqualTo(1);
  }

  @Test
  void doesNothingWhenItIsOff() {
    Databases.execute(
        Databases.name(database), "create table bird (id bigint primary key, name varchar(255))");
    try (var context = Application.start(with("whimbrel.mode=off"))) {
      assertThat(context.getBeanNamesForType(WhimbrelGate.class)).isEmpty();
    }
  }

  @Test
  void healthAndEndpointTellWhereTheDatabaseIs() throws IOException, InterruptedException {
    try (var context = Application.serve(with("whimbrel.mode=deploy"))) {
      String port = context.getEnvironment().getRequiredProperty("local.server.port");
      HttpResponse<String> fit = get(port, "health");
      assertThat(fit.statusCode()).isEqualTo(200);
      assertThat(fit.body())
          .contains("\"whimbrel\":{", "\"state\":\"IN_SYNC\"")
          .contains("\"latest\":[\"aaaa00000001\"]");

      Databases.second(migrations);
      HttpResponse<String> behind = get(port, "health");
      assertThat(behind.statusCode()).isEqualTo(503);
      assertThat(behind.body()).contains("PENDING", "aaaa00000002");
      assertThat(get(port, "whimbrel").body())
          .contains("\"state\":\"PENDING\"", "\"message\":\"Weigh the birds\"")
          .doesNotContain("password");
    }
  }

  private static HttpResponse<String> get(String port, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + port + "/actuator/" + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
