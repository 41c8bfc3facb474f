package dev.whimbrel.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.sqlite.SqliteDialect;
import dev.whimbrel.dialect.sqlite.SqliteIntrospector;
import dev.whimbrel.dialect.sqlite.SqliteScratch;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.scratch.ScratchServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceLoaderTest {
  @TempDir private Path folder;

  private ScratchServer scratch;
  private SourceLoader loader;
  private int replays;

  @BeforeEach
  void open() throws Exception {
    scratch = ScratchServer.open(SqliteScratch.in(Files.createDirectory(folder.resolve("s"))));
    loader = loader("create table of_sqlite (a int)");
  }

  private SourceLoader loader(String statement) {
    Dialect dialect = SqliteDialect.create();
    return new SourceLoader(
        dialect.lexis(),
        dialect.failures(),
        new SqliteIntrospector(),
        IntrospectOptions.defaults(),
        () -> scratch,
        SourceLoaderTest::connect,
        new TwoRevisions(),
        (engine, major) ->
            new Models.Generated(
                List.of(statement),
                "",
                id -> id.name().startsWith("of_" + engine),
                Map.of("public.seen", "shop.Seen"),
                "Test 1"));
  }

  @AfterEach
  void close() {
    scratch.close();
  }

  private final class TwoRevisions implements Replay {
    @Override
    public String checksum(String address) {
      return "%012x".formatted(address.hashCode());
    }

    @Override
    public void fill(Connection connection, String address) throws SQLException {
      replays++;
      execute(connection, "create table at_" + address + " (a int)");
    }
  }

  private static Connection connect(String url) {
    try {
      return DriverManager.getConnection(url);
    } catch (SQLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> names(SchemaSource source) {
    return loader.load(source).schema().facts().stream().map(f -> f.id().name()).toList();
  }

  private Path write(String name, String text) throws Exception {
    Path file = folder.resolve("schema").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void aFoldersFilesRunInTheOrderOfTheirPaths() throws Exception {
    write("2/view.sql", "create view v as select a from t;");
    write("10.sql", "create table t (a int)");
    write("notes.txt", "not SQL");

    assertThat(names(new SchemaSource.Files(folder.resolve("schema")))).containsExactly("t", "v");
  }

  @Test
  void aStatementThatFailsIsShownInItsPlaceAndLeavesNothingBehind() throws Exception {
    Path file = write("a.sql", "create table t (a int);\n\n-- here\n  create tabel u (b int);\n");

    assertThatThrownBy(() -> loader.load(new SchemaSource.Files(file)))
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.E_SOURCE);
              assertThat(String.valueOf(e.problem().place())).endsWith("a.sql:4:3");
              assertThat(e.problem().statement()).isEqualTo("create tabel u (b int)");
              assertThat(e.problem().problem()).contains("syntax error");
            });
    assertThat(scratch.templates()).isEmpty();
  }

  @Test
  void modelsThatFailAloneAreTriedWithWhatTheRevisionsHave() {
    SourceLoader models = loader("create index seen on given (a)");

    assertThatThrownBy(() -> models.load(new SchemaSource.Entities()))
        .hasMessageContaining("a statement that Hibernate made of the models")
        .extracting("problem.remedy")
        .asString()
        .contains("Correct the mapping of shop.Seen.");
    assertThat(
            models
                .load(new SchemaSource.Entities(), owns -> "create table given (a int);\n")
                .schema()
                .facts())
        .extracting(fact -> fact.id().name())
        .contains("given", "seen");
  }

  @Test
  void whatCannotBeReadIsRefusedByName() throws Exception {
    Path latin = write("latin.sql", "");
    Files.write(latin, "-- é".getBytes(StandardCharsets.ISO_8859_1));
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertRefused(latin, "latin.sql is not UTF-8");
    assertRefused(empty, "has no file that ends in .sql");
    assertRefused(folder.resolve("gone.sql"), "There is no file or folder");
  }

  private void assertRefused(Path path, String problem) {
    assertThatThrownBy(() -> loader.load(new SchemaSource.Files(path)))
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.E_FILE);
              assertThat(e.problem().problem()).contains(problem);
            });
  }

  @Test
  void revisionsAreReplayedOnceAndThenCopied() {
    SchemaSource source = new SchemaSource.Revisions("head");

    assertThat(names(source)).containsExactly("at_head");
    assertThat(names(source)).containsExactly("at_head");
    assertThat(names(new SchemaSource.Revisions("base"))).containsExactly("at_base");
    assertThat(replays).isEqualTo(2);
  }

  @Test
  void entitiesDecideOnlyAboutWhatTheyOwn() {
    Loaded loaded = loader.load(new SchemaSource.Entities());

    assertThat(loaded.schema().facts())
        .extracting(Fact::id)
        .containsExactly(FactId.of(Kind.VERBATIM, "table", "of_sqlite"));
    assertThat(loaded.owns().test(FactId.of(Kind.VERBATIM, "table", "of_sqlite"))).isTrue();
    assertThat(loaded.owns().test(FactId.of(Kind.VERBATIM, "table", "other"))).isFalse();
    assertThat(loaded.tool()).isEqualTo("Test 1");
  }

  @Test
  void aDatabaseIsReadAndNothingOfItChanges() throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("live.db");
    try (Connection connection = connect(url)) {
      execute(connection, "create table t (a int, b text) -- comment");
      execute(connection, "create index  i on t (b)");
      execute(connection, "create trigger g after insert on t begin select 1; end");
      execute(connection, "create table whimbrel_revision (id text)");
    }
    byte[] before = Files.readAllBytes(folder.resolve("live.db"));

    assertThat(loader.load(new SchemaSource.Database(url)).schema().toString())
        .isEqualTo(
            """
            VERBATIM index.i
              sql: CREATE INDEX i on t ( b )
            VERBATIM table.t
              sql: CREATE TABLE t ( a int , b text )
            VERBATIM trigger.g
              sql: CREATE TRIGGER g after insert on t begin select 1 ; end
            """);
    assertThat(Files.readAllBytes(folder.resolve("live.db"))).isEqualTo(before);
  }

  @Test
  void sourcesAreWrittenAsOnTheCommandLine() {
    assertThat(SchemaSource.parse("entities", folder)).isEqualTo(new SchemaSource.Entities());
    assertThat(SchemaSource.parse("file:a/b.sql", folder))
        .isEqualTo(new SchemaSource.Files(folder.resolve("a/b.sql")));
    assertThat(SchemaSource.parse("rev:head-1", folder))
        .isEqualTo(new SchemaSource.Revisions("head-1"));
    assertThat(SchemaSource.parse("db:postgresql://me:secret@h/d?password=other&x=1", folder))
        .hasToString("db:postgresql://me@h/d?password=***&x=1");
    assertThatThrownBy(() -> SchemaSource.parse("entites", folder))
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            e -> assertThat(e.problem().remedy()).isEqualTo("Did you mean entities?"));
    assertThatThrownBy(() -> SchemaSource.parse("flie:x", folder))
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            e -> assertThat(e.problem().remedy()).isEqualTo("Did you mean file:PATH?"));
  }
}
