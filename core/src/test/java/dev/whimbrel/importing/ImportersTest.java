package dev.whimbrel.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.revision.Draft;
import dev.whimbrel.sql.Lexis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("StringConcatToTextBlock") // one line of a small file each
class ImportersTest {
  @TempDir Path directory;

  private void file(String name, String text) throws IOException {
    Path path = directory.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Imported read(String tool, Map<String, String> settings, String... sql) {
    List<Path> scripts = List.of(sql).stream().map(directory::resolve).toList();
    return Importers.named(tool)
        .read(
            new ImportRequest(
                directory,
                "postgresql",
                Lexis.postgresql(),
                scripts,
                List.of(),
                settings,
                null,
                () -> {
                  throw new AssertionError("no scratch is needed here");
                }));
  }

  private static List<String> chain(Imported imported) {
    return imported.revisions().stream()
        .map(one -> String.join(",", one.draft().revises()) + ">" + one.draft().id())
        .toList();
  }

  private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(call);
    assertThat(thrown).isInstanceOf(WhimbrelException.class);
    return ((WhimbrelException) thrown).problem();
  }

  @Test
  void readsAlembicFilesWithMergesLabelsAndAnnotations() throws IOException {
    file("alembic.ini", "[alembic]\nscript_location = %(here)s/db\n");
    file("db/env.py", "context.configure(version_table='own', version_table_schema=\"s\")\n");
    file(
        "db/versions/a.py",
        "\"\"\"First\n\n"
            + "Create Date: 2025-07-27 21:14:38.4\n"
            + "\"\"\"\n"
            + "revision: str = 'aa' 'aa'\n"
            + "down_revision: str | None = None\n"
            + "branch_labels = ('x',)\n");
    file("db/versions/b.py", "revision = 'bbbb'\ndown_revision = ()\ndepends_on = {'aaaa'}\n");
    file(
        "db/versions/m.py", "revision = 'mmmm'\ndown_revision = (\n  'aaaa',\n  'bbbb',  # b\n)\n");
    file(
        "up.sql",
        "BEGIN;\n-- Running upgrade  -> aaaa\n\ncreate table t (id int);\n"
            + "INSERT INTO s.own (version_num) VALUES ('aaaa');\n-- Running upgrade  -> bbbb\n"
            + "-- Running upgrade aaaa, bbbb -> mmmm\nCOMMIT;\n");
    Imported imported = read("alembic", Map.of(), "up.sql");
    assertThat(imported.table()).isEqualTo("s.own");
    assertThat(chain(imported)).containsExactly(">aaaa", ">bbbb", "aaaa,bbbb>mmmm");
    Draft first = imported.revisions().get(0).draft();
    assertThat(first.message()).isEqualTo("First");
    assertThat(first.created()).isEqualTo("2025-07-27T21:14:38.400Z");
    assertThat(first.labels()).containsExactly("x");
    assertThat(first.upgrade()).isEqualTo("create table t (id int);");
    assertThat(imported.revisions().get(1).draft().depends()).containsExactly("aaaa");
  }

  @Test
  void marksWhatAlembicRunsOutsideOfTransactions() throws IOException {
    file("v.py", "revision = 'aaaa'\ndown_revision = None\n");
    file(
        "up.sql",
        "BEGIN;\n-- Running upgrade  -> aaaa\ncreate table t (id int);\nCOMMIT;\n"
            + "alter type x add value 'y';\nBEGIN;\n"
            + "UPDATE alembic_version SET version_num='aaaa';\nCOMMIT;\n");
    assertThat(read("alembic", Map.of(), "up.sql").revisions().get(0).draft().upgrade())
        .isEqualTo("create table t (id int);\n-- +no-transaction\nalter type x add value 'y';");
  }

  @Test
  void namesFileAndLineOfAComputedIdAndTakesItFromASetting() throws IOException {
    file("v.py", "import os\n\nrevision = make_id('x')\ndown_revision = None\n");
    file("up.sql", "-- Running upgrade  -> aaaa\nselect 1;\n");
    Problem problem = problem(() -> read("alembic", Map.of(), "up.sql"));
    assertThat(problem.key()).isEqualTo("import.computed");
    assertThat(String.valueOf(problem.place())).endsWith("v.py:3");
    assertThat(problem.remedy()).contains("--set v.py:revision=VALUE");
    assertThat(chain(read("alembic", Map.of("v.py:revision", "aaaa"), "up.sql")))
        .containsExactly(">aaaa");
  }

  @Test
  void ordersFlywayVersionsByNumberAndComputesItsChecksums() throws IOException {
    file("sql/V10__c.sql", "select 10;\n");
    file(
        "sql/V1__first_table.sql",
        "create table person (\r\n  id int primary key,\r\n  name text not null\r\n);\r\n");
    file("sql/V1_1__b.sql", "select '${owner}';\n");
    file(
        "sql/R__people_view.sql",
        "create or replace view people as select id, name from person; -- ${owner}\n");
    file("flyway.conf", "flyway.locations=filesystem:sql\nflyway.placeholders.owner=app\n");
    Imported imported = read("flyway", Map.of());
    assertThat(chain(imported)).containsExactly(">1", "1>1.1", "1.1>10", ">R__people_view");
    assertThat(imported.revisions().get(0).checksum()).isEqualTo("-1910774786");
    assertThat(imported.revisions().get(3).checksum()).isEqualTo("-1638658903");
    assertThat(imported.revisions().get(1).draft().upgrade()).isEqualTo("select 'app';");
  }

  @Test
  void refusesFlywayVersionsThatCollideAndPlaceholdersWithoutAValue() throws IOException {
    file("V1__a.sql", "select 1;");
    file("V1.0__b.sql", "select '${nobody}';");
    assertThat(problem(() -> read("flyway", Map.of())).key()).isEqualTo("import.twice");
    Files.delete(directory.resolve("V1__a.sql"));
    assertThat(problem(() -> read("flyway", Map.of())).key()).isEqualTo("import.placeholder");
  }

  @Test
  void understandsFailedUndoneChangedAndMissingRowsOfFlyway() throws IOException {
    file("V1__a.sql", "select 1;");
    file("V2__b.sql", "select 2;");
    Imported imported = read("flyway", Map.of());
    Standing standing =
        Importers.named("flyway")
            .judge(
                imported,
                List.of(
                    row("1", "1", "SQL", "5", "t"),
                    row("2", "2", "SQL", imported.revisions().get(1).checksum(), "t"),
                    row("3", "2", "UNDO_SQL", "0", "t"),
                    row("4", "3", "SQL", "9", "t"),
                    row("5", "4", "SQL", "9", "f")));
    assertThat(standing.applied()).containsExactly("1");
    assertThat(standing.problems().stream().map(Problem::key))
        .containsExactlyInAnyOrder("import.checksum", "import.no-file", "import.failed-row");
  }

  private static Map<String, String> row(
      String rank, String version, String type, String sum, String success) {
    return Map.of(
        "installed_rank",
        rank,
        "version",
        version,
        "type",
        type,
        "checksum",
        sum,
        "success",
        success,
        "script",
        "V" + version + ".sql");
  }

  @Test
  void readsFormattedChangelogsAndComputesTheirSums() throws IOException {
    file(
        "changes.sql",
        """
        --liquibase formatted sql

        --property name:owner value:app

        --changeset anna:1
        --comment: The first table
        create table person (
          id int primary key,
          name text not null   -- the name
        );
        --rollback drop table person;

        --changeset "bob smith":add-owner labels:v1 context:"test or prod"
        alter table person add column owner text default '${owner}';

        --changeset anna:trig endDelimiter:// stripComments:false
        create table a (id int) //
        create table b (id int) //

        --changeset anna:mine dbms:mysql
        create table never (id int);
        """);
    Imported imported = read("liquibase", Map.of());
    assertThat(chain(imported)).containsExactly(">1", "1>add_owner", "add_owner>trig");
    assertThat(imported.revisions().stream().map(Imported.One::checksum))
        .startsWith("9:8539d4626799772fb1144e61823a9578", "9:1bdde554474932fd5818fa44eb26acbe");
    assertThat(imported.revisions().get(0).draft().downgrade()).isEqualTo("drop table person;");
    assertThat(imported.revisions().get(2).draft().upgrade())
        .isEqualTo(
            "-- +statement\ncreate table a (id int)\n-- +end\n\n"
                + "-- +statement\ncreate table b (id int)\n-- +end");
    assertThat(chain(read("liquibase", Map.of("contexts", "dev")))).containsExactly(">1", "1>trig");
  }

  @Test
  void readsGooseAnnotations() throws IOException {
    file(
        "00001_a.sql",
        "-- +goose Up\n-- +goose StatementBegin\nselect 1; select 2\n"
            + "-- +goose StatementEnd\n-- +goose Down\nselect 3;\n");
    Draft draft = read("goose", Map.of()).revisions().get(0).draft();
    assertThat(draft.upgrade()).isEqualTo("-- +statement\nselect 1; select 2\n-- +end");
    assertThat(draft.downgrade()).isEqualTo("select 3;");
  }

  @Test
  void keepsTheVersionsOfMigrationsInCodeAndExpandsGoosesVariables() throws IOException {
    file("00001_a.sql", "-- +goose Up\n-- +goose ENVSUB ON\nselect '${A:-b}', '$C';\n");
    file("00002_b.go", "package migrations\n");
    Imported goose = read("goose", Map.of("placeholder.C", "d"));
    assertThat(chain(goose)).containsExactly(">00001", "00001>00002");
    assertThat(goose.revisions().get(0).draft().upgrade()).isEqualTo("select 'b', 'd';");
    assertThat(goose.notes()).singleElement().asString().contains("00002_b.go");
    assertThat(problem(() -> read("goose", Map.of())).key()).isEqualTo("import.placeholder");
    file("src/main/resources/db/migration/V1__a.sql", "select 1;");
    file("src/main/java/db/migration/V2__B.java", "class V2__B {}");
    assertThat(chain(read("flyway", Map.of()))).containsExactly(">1", "1>2");
  }

  @Test
  void runsFormattedChangelogsInTheOrderInWhichOthersIncludeThem() throws IOException {
    file(
        "db/master.yaml",
        """
        databaseChangeLog:
          - property: {name: owner, value: anna}
          - include:
              file: z.sql
              relativeToChangelogFile: true
          - include: {file: db/more.xml}
        """);
    file(
        "db/more.xml",
        """
        <databaseChangeLog>
          <property name="size" value="9" dbms="mysql"/>
          <property name="size" value="5"/>
          <includeAll path="db/all"/>
        </databaseChangeLog>
        """);
    file("db/z.sql", formatted("first", "create table a (o text default '${owner}');"));
    file("db/all/b.sql", formatted("second", "create table b (t varchar(${size}));"));
    file("db/all/c.sql", formatted("third", "create table c (id int);"));
    file("db/a.sql", formatted("never", "create table n (id int);"));
    file("pom.xml", "<project/>");
    file("target/classes/db/z.sql", formatted("first", "create table a (id int);"));
    Imported imported = read("liquibase", Map.of());
    assertThat(chain(imported)).containsExactly(">first", "first>second", "second>third");
    assertThat(imported.revisions().get(0).draft().upgrade()).contains("default 'anna'");
    assertThat(imported.revisions().get(1).draft().upgrade()).contains("varchar(5)");
    assertThat(imported.notes()).singleElement().asString().contains("a.sql is left out");
    file("db/more.xml", "<databaseChangeLog><changeSet id='x' author='y'/></databaseChangeLog>");
    assertThat(problem(() -> read("liquibase", Map.of())).key())
        .isEqualTo("import.liquibase-printed");
  }

  private static String formatted(String id, String sql) {
    return "--liquibase formatted sql\n--changeset ann:" + id + "\n" + sql + "\n";
  }

  @Test
  void knowsLiquibasesOwnTablesByTheirColumns() throws IOException {
    file(
        "up.sql",
        """
        create table MY_LOG (ID text, DATEEXECUTED timestamp, MD5SUM text);
        -- Changeset c.xml::1::ann
        create table a (id int);
        insert into MY_LOG (ID, DATEEXECUTED, MD5SUM) values ('1', now(),
          '9:8539d4626799772fb1144e61823a9578');
        -- Changeset c.xml::2::ann
        insert into MY_LOG (ID, DATEEXECUTED, MD5SUM, EXECTYPE) values ('2', now(),
          '9:1bdde554474932fd5818fa44eb26acbe', 'MARK_RAN');
        -- Changeset c.xml::3::ann
        create table b (id int);
        """);
    Imported imported = read("liquibase", Map.of(), "up.sql");
    assertThat(imported.revisions().stream().map(one -> one.draft().upgrade()))
        .containsExactly("create table a (id int);", "", "create table b (id int);");
    Standing standing =
        Importers.named("liquibase")
            .judge(
                imported,
                List.of(
                    ran("1", "9:8539d4626799772fb1144e61823a9578"),
                    ran("2", "9:1bdde554474932fd5818fa44eb26acbe"),
                    ran("3", "9:00000000000000000000000000000000")));
    assertThat(standing.problems()).isEmpty();
    assertThat(standing.checksums()).isEqualTo(2);
    assertThat(standing.notes())
        .satisfiesExactly(
            note -> assertThat(note).contains("c.xml::2::ann ran", "up.sql:6"),
            note -> assertThat(note).contains("c.xml::3::ann", "not compared"));
  }

  private static Map<String, String> ran(String id, String sum) {
    return Map.of(
        "id", id, "author", "ann", "filename", "c.xml", "exectype", "EXECUTED", "md5sum", sum);
  }

  @Test
  void keepsThePlaceOfChangesetsThatRunAgain() throws IOException {
    file(
        "c.xml",
        """
        <databaseChangeLog>
          <changeSet id="1" author="ann"><createTable tableName="a"/></changeSet>
          <changeSet id="v" author="ann" runOnChange="true">
            <preConditions/><createView viewName="v">select id="x"</createView>
          </changeSet>
          <changeSet author="bob" id="2"><createTable tableName="b"/></changeSet>
        </databaseChangeLog>
        """);
    file(
        "up.sql",
        "-- Changeset c.xml::1::ann\ncreate table a (id int);\n"
            + "-- Changeset c.xml::v::ann\ncreate or replace view v as select 1;\n"
            + "-- Changeset c.xml::2::bob\ncreate table b (id int);\n");
    Imported imported = read("liquibase", Map.of(), "up.sql");
    assertThat(chain(imported)).containsExactly(">1", ">v", "1>2");
    Draft view = imported.revisions().get(1).draft();
    assertThat(view.upgrade()).startsWith("-- +repeatable\n\ncreate or replace view");
    assertThat(view.depends()).containsExactly("1");
    assertThat(imported.revisions().get(2).draft().depends()).containsExactly("v");
    assertThat(imported.notes()).singleElement().asString().contains("preconditions");
  }

  @Test
  void takesTheSqlOfAChangesetThatWasMarkedAsRunAway() throws IOException {
    file("c.sql", "--liquibase formatted sql\n--changeset ann:1\ncreate table a (id int);\n");
    Imported imported = read("liquibase", Map.of());
    Standing standing =
        Importers.named("liquibase")
            .judge(
                imported,
                List.of(
                    Map.of(
                        "id",
                        "1",
                        "author",
                        "ann",
                        "filename",
                        "c.sql",
                        "orderexecuted",
                        "1",
                        "exectype",
                        "MARK_RAN")));
    assertThat(standing.applied()).containsExactly("1");
    assertThat(imported.without(standing.unrun()).revisions().get(0).draft().upgrade()).isEmpty();
  }

  @Test
  void readsAlembicsConfigurationFromPyproject() throws IOException {
    file(
        "pyproject.toml",
        "[tool.alembic]\nscript_location = \"%(here)s/db\"\nversion_locations = [\n"
            + "  \"%(here)s/db/one\",\n  \"%(here)s/db/two\"\n]\n");
    file("alembic.ini", "[alembic]\nsqlalchemy.url = x\n");
    file("db/one/a.py", "revision = 'aaaa'\ndown_revision = None\n");
    file("db/two/b.py", "revision = 'bbbb'\ndown_revision = 'aaaa'\n");
    file(
        "up.sql",
        "-- Running upgrade  -> aaaa\nselect 1;\n-- Running upgrade aaaa -> bbbb\nselect 2;\n");
    assertThat(chain(read("alembic", Map.of(), "up.sql"))).containsExactly(">aaaa", "aaaa>bbbb");
  }

  @Test
  void readsDbmateAndGolangMigrateAndPrisma() throws IOException {
    file(
        "db/migrations/20250101120000_a.sql",
        "-- migrate:up transaction:false\nselect 1;\n-- migrate:down\nselect 2;\n");
    file("migrations/2_b.up.sql", "begin;\nselect 4;\ncommit;\n");
    file("migrations/2_b.down.sql", "select 5;");
    file("prisma/migrations/20250101120000_c/migration.sql", "select 6;");
    Draft dbmate = read("dbmate", Map.of()).revisions().get(0).draft();
    assertThat(dbmate.upgrade()).isEqualTo("-- +no-transaction\nselect 1;");
    assertThat(dbmate.created()).isEqualTo("2025-01-01T12:00:00Z");
    assertThat(read("golang-migrate", Map.of()).revisions().get(0).draft().upgrade())
        .isEqualTo("select 4;");
    assertThat(chain(read("prisma", Map.of()))).containsExactly(">20250101120000_c");
  }

  @Test
  void saysWhatWasLookedForAndWhoseItMayBe() throws IOException {
    file("migrations/2_b.up.sql", "select 4;");
    Problem problem = problem(() -> read("goose", Map.of()));
    assertThat(problem.key()).isEqualTo("import.not-here");
    assertThat(problem.problem()).contains("-- +goose Up");
    assertThat(problem.remedy()).contains("whimbrel import golang-migrate");
    assertThatThrownBy(() -> Importers.named("flywy")).hasMessageContaining("flywy");
  }
}
