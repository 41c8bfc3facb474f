package dev.whimbrel.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SQLite itself would let pass. */
class SqliteFaultsTest {
  @TempDir Path folder;
  @TempDir Path data;
  private Revisions revisions;

  @BeforeEach
  void writeTwoTables() throws Exception {
    revisions = new Revisions(folder, "sqlite:" + data.resolve("app.db"));
    revisions.add(
        "1aaa",
        "create table parent (id integer primary key);\n"
            + "create table child (id integer primary key, parent integer references parent (id))",
        "drop table child; drop table parent");
  }

  @Test
  void refusesARevisionThatLeavesRowsWithoutTheirParents() throws Exception {
    revisions.add(
        "2bbb",
        "insert into parent values (1);\ninsert into child values (7, 1);\ndelete from parent",
        "delete from child");
    WhimbrelException refused = Revisions.refusal(() -> revisions.whimbrel().deploy("head"));
    assertThat(refused.code()).isEqualTo(ErrorCode.E_STATEMENT);
    assertThat(refused).hasMessageContaining("row 7 of child has no row in parent");
    assertThat(refused.problem().done()).containsExactly("revision 1aaa (1aaa)");
    assertThat(revisions.whimbrel().status(false).current()).containsExactly("1aaa");
  }

  @Test
  void takesTheDatabaseAsItIsWhereRowsWereAloneBefore() throws Exception {
    revisions.whimbrel().deploy("head");
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("app.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("insert into child values (1, 99)");
    }
    revisions.add("2bbb", "insert into parent values (1)", "delete from parent");
    assertThat(revisions.whimbrel().deploy("head").current()).containsExactly("2bbb");
  }
}
