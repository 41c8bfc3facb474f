package dev.whimbrel.acceptance.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.Authoring;
import dev.whimbrel.Result;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Names that are SQL, that have line ends, that command a terminal: each is only a name. */
@ExtendWith(PostgresExtension.class)
class NamesTest {
  private static final List<String> NAMES =
      List.of(
          "\"; drop table x; --",
          "new\nline $$ $a$",
          "ünï¢ødé 表",
          "x".repeat(63),
          "it's \\ %s {0} {name} ${HOME}",
          "\u001b[31mred\u001b[0m \u202e",
          "a.b",
          "SELECT");

  @TempDir Path folder;

  @Test
  void areNamesInWhateverIsDone(TestDatabase database) throws Exception {
    Chain chain = new Chain(folder, database.url());
    chain.add("1aaaa", String.join(";\n", made()));
    chain.whimbrel().deploy("head");
    database.execute(String.join(";\n", byHand()));
    List<String> drift = chain.whimbrel().verify(true).drift();
    assertThat(drift).hasSizeGreaterThan(3 * NAMES.size()).noneMatch(line -> line.contains("\n"));

    database.execute(chain.whimbrel().revert(Authoring.of("", folder)).upgrade());
    assertThat(chain.whimbrel().verify(true).drift()).isEmpty();

    database.execute(String.join(";\n", byHand()));
    Result.Migration adopted =
        chain.whimbrel().adopt(Whimbrel.Draft.of("\"; drop table x; --"), Authoring.of("", folder));
    assertThat(adopted.proven()).isTrue();
    assertThat(chain.whimbrel().verify(true).drift()).isEmpty();

    database.execute("drop schema whimbrel cascade");
    assertThat(chain.whimbrel().fix().candidates().getFirst().equal()).isTrue();
    assertThat(database.query("select count(*) from x")).isEqualTo("0");
  }

  private static List<String> made() {
    List<String> sql = new ArrayList<>(List.of("create table x (id integer primary key)"));
    for (String name : NAMES) {
      String quoted = quoted("", name);
      sql.add("create schema " + quoted);
      sql.add(
          "create type %s.%s as enum (%s, 'b')"
              .formatted(quoted, quoted("e", name), literal(cut(name))));
      sql.add(
          "create table %1$s.%2$s (id integer primary key, %1$s text default %3$s, e %1$s.%4$s, constraint %5$s check (%1$s <> %3$s))"
              .formatted(
                  quoted, quoted("t", name), literal(name), quoted("e", name), quoted("c", name)));
      sql.add(
          "create index %s on %s.%s (%s)"
              .formatted(quoted("i", name), quoted, quoted("t", name), quoted));
      sql.add(
          "create view %1$s.%2$s as select %1$s as %1$s from %1$s.%3$s"
              .formatted(quoted, quoted("v", name), quoted("t", name)));
      sql.add(
          "create function %1$s.%2$s(%3$s %1$s.%4$s) returns integer language sql as 'select 1'"
              .formatted(quoted, quoted("f", name), quoted("p", name), quoted("e", name)));
      sql.add("comment on table %s.%s is %s".formatted(quoted, quoted("t", name), literal(name)));
    }
    return sql;
  }

  private static List<String> byHand() {
    List<String> sql = new ArrayList<>();
    for (String name : NAMES) {
      String quoted = quoted("", name);
      sql.add(
          "alter table %s.%s add column %s text not null default %s"
              .formatted(quoted, quoted("t", name), quoted("z", name), literal(name)));
      sql.add(
          "create table %1$s.%2$s (%1$s integer primary key)".formatted(quoted, quoted("n", name)));
      sql.add("drop view %s.%s".formatted(quoted, quoted("v", name)));
    }
    return sql;
  }

  private static String cut(String name) {
    return name.substring(0, Math.min(40, name.length()));
  }

  private static String quoted(String prefix, String name) {
    String whole = prefix.isEmpty() ? name : prefix + cut(name);
    return "\"" + whole.replace("\"", "\"\"") + "\"";
  }

  private static String literal(String text) {
    return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
