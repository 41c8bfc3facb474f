package dev.whimbrel.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.dialect.postgresql.PostgresqlDialect;
import dev.whimbrel.dialect.postgresql.PostgresqlIntrospector;
import dev.whimbrel.dialect.postgresql.PostgresqlScratch;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.introspect.IntrospectOptions;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.scratch.ScratchServer;
import dev.whimbrel.source.Models;
import dev.whimbrel.source.Replay;
import dev.whimbrel.source.SchemaSource;
import dev.whimbrel.source.SourceLoader;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class PostgresqlSourceTest {
  @TempDir private Path folder;

  private static SourceLoader loader(TestDatabase database, ScratchServer scratch) {
    Dialect dialect = PostgresqlDialect.create();
    return new SourceLoader(
        dialect.lexis(),
        dialect.failures(),
        new PostgresqlIntrospector(),
        IntrospectOptions.defaults(),
        () -> scratch,
        url -> {
          try {
            return database.connect();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        },
        new NoRevisions(),
        (engine, major) -> new Models.Generated(List.of(), "", id -> true, Map.of(), ""));
  }

  private static final class NoRevisions implements Replay {
    @Override
    public String checksum(String address) {
      return "0".repeat(12);
    }

    @Override
    public void fill(Connection connection, String address) {}
  }

  private static ScratchServer scratch(TestDatabase database) {
    return ScratchServer.open(PostgresqlScratch.on(database.url(), new Properties(), "test"));
  }

  private WhimbrelException failure(TestDatabase database, String sql) throws Exception {
    Path file = Files.writeString(folder.resolve("schema.sql"), sql);
    try (ScratchServer scratch = scratch(database)) {
      SourceLoader loader = loader(database, scratch);
      WhimbrelException[] caught = new WhimbrelException[1];
      assertThatThrownBy(() -> loader.load(new SchemaSource.Files(file)))
          .isInstanceOfSatisfying(WhimbrelException.class, e -> caught[0] = e);
      return caught[0];
    }
  }

  @Test
  void theServersPositionBecomesLineAndColumn(TestDatabase database) throws Exception {
    WhimbrelException e =
        failure(database, "create table a (id int);\ncreate table b (\n  x int,\n  y txet\n);\n");

    assertThat(String.valueOf(e.problem().place())).endsWith("schema.sql:4:5");
    assertThat(e.problem().position()).isEqualTo(31);
    assertThat(e.problem().problem()).contains("type \"txet\" does not exist");
  }

  @Test
  void anExtensionThatTheServerLacksIsNamed(TestDatabase database) throws Exception {
    WhimbrelException e = failure(database, "create extension if not exists \"no_such-thing\";");

    assertThat(e.problem().problem()).contains("\"no_such-thing\"");
    assertThat(e.problem().remedy()).contains("[scratch] url");
  }

  @Test
  void aFileAndADatabaseWithTheSameStatementsAreTheSameSchema(TestDatabase database)
      throws Exception {
    String sql =
        """
        select pg_catalog.set_config('search_path', '', false);
        create table public.t (a int primary key, b text);
        copy public.t (a, b) from stdin;
        1\tx
        \\.
        create index concurrently t_b on public.t (b);
        """;
    Path file = Files.writeString(folder.resolve("dump.sql"), sql);
    database.execute("create table t (a int primary key, b text)");
    database.execute("create index t_b on t (b)");
    try (ScratchServer scratch = scratch(database)) {
      SourceLoader loader = loader(database, scratch);
      Schema live = loader.load(new SchemaSource.Database(database.url())).schema();

      assertThat(loader.load(new SchemaSource.Files(file)).schema()).isEqualTo(live);
      assertThat(live.contains(FactId.of(Kind.INDEX, "public", "t", "t_b"))).isTrue();
    }
  }
}
