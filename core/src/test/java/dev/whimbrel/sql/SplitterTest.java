package dev.whimbrel.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.error.Place;
import dev.whimbrel.error.WhimbrelException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitterTest {
  private static final Lexis POSTGRESQL = Lexis.postgresql();
  private static final Lexis SQLITE = Lexis.sqlite();
  private static final Lexis MYSQL = Lexis.mysql();

  @Test
  void splitsAtSemicolonsAndLeavesCommentsAround() {
    assertThat(texts(POSTGRESQL, "-- one\nselect 1; /* two */ select\n2 ;;\n;select 3"))
        .containsExactly("select 1", "select\n2", "select 3");
    assertThat(texts(POSTGRESQL, "")).isEmpty();
    assertThat(texts(POSTGRESQL, " ; -- nothing\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ';'",
        "select 'it''s;'",
        "select E'it\\';s'",
        "select e'\\\\'",
        "select U&'d;\\0061', U&\"a;b\"",
        "select b'1;', X'f;', n';'",
        "select \"a;\"\"b;\"",
        "select $$;$$, $a$ $$;$$ $b$ ; $a$",
        "select $1, a$b$c, 'x' from t$y",
        "select 1 /* ; /* ; */ ; */ + 2",
        "select 1 -- ;\n + 2",
        "select 'C:\\'",
        "select 1 <@ 2, a ->> 'b;', -1 - -1",
        "create rule r as on insert to t do also (insert into a values (1); delete from b)",
        "create function f() returns int begin atomic; select 1; select case when true then 1 end; end",
        "create or replace procedure p() language sql begin atomic insert into t values (1); end",
        "create function f() returns int language sql as $$ select 1; $$",
        "do $do$ begin perform 1; end $do$"
      })
  void keepsTogetherWhatPostgresqlKeepsTogether(String sql) {
    assertThat(texts(POSTGRESQL, sql + ";\nselect 2;")).containsExactly(sql, "select 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ';', \";\", `;`, [;]",
        "select 'C:\\'",
        "create trigger t after insert on a begin update b set x = 1; delete from c; end",
        "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; END",
        "create trigger \"end\" after insert on a begin select 1 as \"end\"; select 'x;end;'; end"
      })
  void keepsTogetherWhatSqliteKeepsTogether(String sql) {
    assertThat(texts(SQLITE, sql + ";\nselect 2;")).containsExactly(sql, "select 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'it\\';s', \"a\\\";b\", `;`",
        "select 1 # ;\n + 2",
        "select 5--1",
        "/*!40101 SET NAMES utf8; */",
        "create procedure p() begin if a then set b = 1; end if; while c do set d = 2; end while; end",
        "create trigger t before insert on a for each row begin case x when 1 then set y = 2; end case; end"
      })
  void keepsTogetherWhatMysqlKeepsTogether(String sql) {
    assertThat(texts(MYSQL, sql + ";\nselect 2;")).containsExactly(sql, "select 2");
  }

  @Test
  void delimiterChangesWhatEndsAStatement() {
    String sql =
        "DELIMITER //\ncreate procedure p()\nselect 1; select 2 //\ndelimiter ;\nselect 3;";
    assertThat(texts(MYSQL, sql))
        .containsExactly("create procedure p()\nselect 1; select 2", "select 3");
    assertThat(texts(MYSQL, "delimiter $$\nselect 1$$\nselect 2$$"))
        .containsExactly("select 1", "select 2");
  }

  @Test
  void followsStandardConformingStrings() {
    String sql =
        "set standard_conforming_strings = off; select 'a\\';b'; set standard_conforming_strings to on; select '\\';";
    assertThat(texts(POSTGRESQL, sql)).hasSize(4).contains("select 'a\\';b'", "select '\\'");
  }

  @Test
  void transactionStatementsAreNoBodies() {
    assertThat(texts(POSTGRESQL, "begin; select 1; end; create table begin_t (a int); commit"))
        .hasSize(5);
    assertThat(texts(SQLITE, "begin; create table t (a); end")).hasSize(3);
  }

  @Test
  void copyTakesItsRowsAlong() {
    String sql = "copy t (a, b) from stdin; -- rows\n1\tit's\n;\n\\N\t2\n\\.\nselect 1;";
    List<Statement> statements = split(POSTGRESQL, sql);
    assertThat(statements).hasSize(2);
    assertThat(statements.get(0).text()).isEqualTo("copy t (a, b) from stdin");
    assertThat(statements.get(0).data())
        .isEqualTo(new CopyData("1\tit's\n;\n\\N\t2\n", new Place("f.sql", 2, 1)));
    assertThat(statements.get(1).place().line()).isEqualTo(6);
    assertThat(split(POSTGRESQL, "copy t from '/stdin'; select 1;")).hasSize(2);
  }

  @Test
  void aStatementKnowsItsLinesAndItsLeadingWords() {
    String sql = "select 1;\r\n\r\n  -- ü\r\n  CREATE INDEX\r\n concurrently \"I x\" on t (a, b);";
    Statement statement = split(POSTGRESQL, sql).get(1);
    assertThat(statement.index()).isEqualTo(2);
    assertThat(statement.place()).isEqualTo(new Place("f.sql", 4, 3));
    assertThat(statement.endLine()).isEqualTo(5);
    assertThat(statement.words())
        .containsExactly("create", "index", "concurrently", "\"I x\"", "on", "t");
    assertThat(statement.startsWith("create", "index", "concurrently")).isTrue();
    assertThat(statement.startsWith("create", "table")).isFalse();
  }

  @Test
  void aPositionInAStatementIsAPlaceInTheFile() {
    Statement statement =
        split(POSTGRESQL, "\ufeffselect 1;\r\n  select '\ud83d\udc26',\r\n nope, x;").get(1);
    assertThat(statement.placeAt(1)).isEqualTo(new Place("f.sql", 2, 3));
    assertThat(statement.placeAt(statement.text().indexOf("nope")))
        .isEqualTo(new Place("f.sql", 3, 2));
    assertThat(statement.placeAt(9999)).isEqualTo(new Place("f.sql", 3, 9));
    assertThat(statement.placeAt(0)).isEqualTo(statement.place());
  }

  @Test
  void aBlockIsOneStatement() {
    String sql = "select 1;\n-- +statement\n-- why\nselect 2;\nselect 3;\n-- +end\nselect 4;";
    List<Statement> statements = split(POSTGRESQL, sql);
    assertThat(statements)
        .extracting(Statement::text)
        .containsExactly("select 1", "select 2;\nselect 3", "select 4");
    assertThat(statements).extracting(Statement::index).containsExactly(1, 2, 3);
    assertThat(statements.get(1).place()).isEqualTo(new Place("f.sql", 4, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "'select 1;\n select ''abc', sql.unterminated-string, f.sql:2:9",
    "'select \"abc', sql.unterminated-name, f.sql:1:8",
    "'select 1 /* /* */', sql.unterminated-comment, f.sql:1:10",
    "'do $a$ begin end $A$', sql.unterminated-dollar-quote, f.sql:1:4",
    "'select 1;\ncopy t from stdin;\n1\n', sql.unterminated-copy, f.sql:2:1",
    "'-- +statement\nselect 1;', sql.unterminated-block, f.sql:1:1",
    "'select 1;\n  \\i other.sql', sql.meta-include, f.sql:2:3",
    "'\\connect prod', sql.meta-connect, f.sql:1:1",
    "'\\copy t from x', sql.meta-copy, f.sql:1:1",
    "'\\set a 1', sql.meta-variable, f.sql:1:1",
    "'\\if true', sql.meta-condition, f.sql:1:1",
    "'\\restrict abc', sql.meta-other, f.sql:1:1"
  })
  void refusesWhatDoesNotEndOrIsNoSqlAndSaysWhereItStarts(String sql, String key, String place) {
    assertThatThrownBy(() -> split(POSTGRESQL, sql))
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            e -> {
              assertThat(e.problem().key()).isEqualTo(key);
              assertThat(String.valueOf(e.problem().place())).isEqualTo(place);
            });
  }

  @Test
  void refusesADelimiterWithoutAName() {
    assertThatThrownBy(() -> split(MYSQL, "delimiter \nselect 1;"))
        .isInstanceOfSatisfying(
            WhimbrelException.class,
            e -> assertThat(e.problem().key()).isEqualTo("sql.empty-delimiter"));
  }

  @Test
  void whatStandsBetweenTheStatementsIsOnlyCommentsAndSemicolons() {
    String sql = "a b; -- x\n /* ; */ c 'd;';; e";
    int from = 0;
    for (Statement statement : split(POSTGRESQL, sql)) {
      from = sql.indexOf(statement.text(), from) + statement.text().length();
      assertThat(from).isPositive();
    }
    assertThat(from).isEqualTo(sql.length());
  }

  @Test
  void fiftyMegabytesAreSplit() {
    String row = "insert into t values (1, 'some text; and more', \"x\"); -- note\n";
    List<Statement> statements = split(POSTGRESQL, row.repeat(50_000_000 / row.length()));
    assertThat(statements).hasSize(50_000_000 / row.length());
    assertThat(statements.get(statements.size() - 1).place().line()).isEqualTo(statements.size());
    String oneLine = "select 1;".repeat(1_000_000);
    assertThat(split(POSTGRESQL, oneLine)).hasSize(1_000_000);
  }

  private static List<Statement> split(Lexis lexis, String sql) {
    return new Splitter(lexis).split("f.sql", sql);
  }

  private static List<String> texts(Lexis lexis, String sql) {
    return split(lexis, sql).stream().map(Statement::text).toList();
  }
}
