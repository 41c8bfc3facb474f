package dev.whimbrel.dialect.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.scratch.ScratchDatabase;
import dev.whimbrel.scratch.ScratchServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteScratchTest {
  private static final String CHECKSUM = "00112233445566778899";

  @TempDir private Path folder;

  @Test
  void leavesNoFileBehind() throws Exception {
    try (ScratchServer server = ScratchServer.open(SqliteScratch.in(folder))) {
      ScratchDatabase kept = server.create();
      fill(kept);
      try (ScratchDatabase database = server.create()) {
        fill(database);
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void fillsATemplateOnceAndCopiesItThen() throws Exception {
    AtomicInteger filled = new AtomicInteger();
    ScratchServer.Filler filler =
        connection -> {
          filled.incrementAndGet();
          execute(connection, "create table made_here (id int)");
        };
    for (int run = 0; run < 2; run++) {
      try (ScratchServer server = ScratchServer.open(SqliteScratch.in(folder));
          ScratchDatabase one = server.create(CHECKSUM, filler);
          ScratchDatabase other = server.create(CHECKSUM, filler);
          Connection connection = one.connect();
          Connection second = other.connect()) {
        execute(connection, "drop table made_here");
        execute(second, "insert into made_here values (1)");
        assertThat(server.templates()).containsExactly("whimbrel_tpl_001122334455");
      }
    }
    assertThat(filled).hasValue(1);
  }

  @Test
  void neverTakesAHalfFilledTemplateForOne() throws Exception {
    try (ScratchServer server = ScratchServer.open(SqliteScratch.in(folder))) {
      assertThatThrownBy(() ->
              server.create(
                  CHECKSUM,
                  connection -> {
                    execute(connection, "create table made_here (id int)");
                    throw new SQLException("cut off");
                  }))
          .hasMessageContaining("cut off");
      assertThat(server.templates()).isEmpty();
      try (ScratchDatabase database =
              server.create(
                  CHECKSUM, connection -> execute(connection, "create table b (id int)"));
          Connection connection = database.connect()) {
        execute(connection, "insert into b values (1)");
      }
    }
  }

  @Test
  void dropsWhatAKilledRunLeftAndNothingOfALivingOne() throws Exception {
    Files.createFile(folder.resolve("whimbrel_scratch_dead0000_1.db"));
    try (ScratchServer living = ScratchServer.open(SqliteScratch.in(folder));
        ScratchDatabase used = living.create();
        ScratchServer next = ScratchServer.open(SqliteScratch.in(folder));
        Connection connection = used.connect()) {
      assertThat(folder.resolve("whimbrel_scratch_dead0000_1.db")).doesNotExist();
      assertThat(next.leftovers()).isEmpty();
      execute(connection, "create table made_here (id int)");
      assertThat(Path.of(used.url().substring("jdbc:sqlite:".length()))).exists();
    }
  }

  @Test
  void keepsTheTemplatesThatWereUsedLast() {
    try (ScratchServer server = ScratchServer.open(SqliteScratch.in(folder))) {
      for (int i = 0; i < 20; i++) {
        server.create("%012d".formatted(i), connection -> {}).close();
      }
      assertThat(server.templates())
          .hasSizeLessThanOrEqualTo(13)
          .contains("whimbrel_tpl_000000000019");
    }
  }

  private static void fill(ScratchDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      execute(connection, "create table made_here (id int)");
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
