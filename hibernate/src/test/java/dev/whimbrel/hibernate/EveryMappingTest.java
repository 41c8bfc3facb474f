package dev.whimbrel.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.testkit.PostgresExtension;
import dev.whimbrel.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mapping that Hibernate can export, by each Hibernate, run on a real PostgreSQL. */
@ExtendWith(PostgresExtension.class)
class EveryMappingTest {
  @TempDir Path target;

  @ParameterizedTest
  @ValueSource(strings = {"6.6", "7.4", "8.0"})
  void hibernateValidatesWhatItsDdlMade(String version, TestDatabase database) throws Exception {
    ClassPath classPath = Sources.compile(target, "everything", Sources.jars(version, "common"));
    Ddl ddl = EntityModels.load(ModelOptions.of(classPath, "PostgreSQL", "18.1", target));

    database.execute(ddl.script());
    database.execute(String.join(";", ddl.rows()));

    assertThat(ddl.hibernate()).startsWith(version);
    assertThat(ddl.warnings()).isEmpty();
    Validation.run(classPath, database.url(), Map.of());
    database.execute("alter table payment drop column amount");
    assertThatThrownBy(() -> Validation.run(classPath, database.url(), Map.of()))
        .rootCause()
        .hasMessageContaining("missing column [amount]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.6", "7.4", "8.0"})
  void theModelsOwnExactlyWhatTheDdlMakes(String version, TestDatabase database) throws Exception {
    ClassPath classPath = Sources.compile(target, "everything", Sources.jars(version, "common"));
    Ddl ddl = EntityModels.load(ModelOptions.of(classPath, "PostgreSQL", "18.1", target));
    database.execute(ddl.script());

    String made =
        """
        select string_agg(case n.nspname when 'public' then '' else n.nspname || '.' end
            || c.relname, ',' order by n.nspname = 'crm', c.relname collate "C")
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('public', 'crm') and c.relkind = '%s'
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'i')
        """;
    assertThat(ddl.tables().stream().map(each -> each.name().toString()))
        .containsExactlyInAnyOrder(database.query(made.formatted("r")).split(",", -1));
    assertThat(ddl.sequences().stream().map(Ddl.Name::toString))
        .containsExactlyInAnyOrder(database.query(made.formatted("S")).split(",", -1));
    assertThat(ddl.types()).containsExactly(new Ddl.Name("", "mood"));
    assertThat(ddl.rows()).containsExactly("insert into id_source(name, next) values ('Ticket',0)");
    assertThat(ddl.tables())
        .contains(
            new Ddl.MappedTable(
                new Ddl.Name("crm", "user_profile"), List.of("com.example.shop.User")),
            new Ddl.MappedTable(new Ddl.Name("", "id_source"), List.of()));
  }

  @ParameterizedTest
  @CsvSource({"6.6,13", "8.0,15"})
  void theDialectKnowsTheVersionOfTheServer(String version, String server) {
    ClassPath classPath = Sources.compile(target, "everything", Sources.jars(version, "common"));
    Ddl ddl = EntityModels.load(ModelOptions.of(classPath, "PostgreSQL", server, target));
    assertThat(ddl.script()).contains("twice integer generated always as (small * 2) stored");
  }

  @ParameterizedTest
  @CsvSource({
    "6.6,comments-hibernate",
    "7.4,comments-hibernate",
    "7.4,comments-jpa",
    "8.0,comments-jpa"
  })
  void commentsReachTheDatabase(String version, String tree, TestDatabase database)
      throws Exception {
    ClassPath classPath = Sources.compile(target, tree, Sources.jars(version, "common"));
    Ddl ddl = EntityModels.load(ModelOptions.of(classPath, "PostgreSQL", "18.1", target));
    database.execute(ddl.script());
    assertThat(database.query("select obj_description('note'::regclass)")).isEqualTo("It's a note");
    assertThat(database.query("select col_description('note'::regclass, 2)"))
        .isEqualTo("What it says");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.6", "7.4"})
  void enversAddsItsOwnTables(String version, TestDatabase database) throws Exception {
    ClassPath classPath = Sources.compile(target, "envers", Sources.jars(version, "common"));
    Ddl ddl = EntityModels.load(ModelOptions.of(classPath, "PostgreSQL", "18.1", target));
    database.execute(ddl.script());
    assertThat(ddl.tables().stream().map(each -> each.name().name()))
        .containsExactly(
            "contract", "contract_aud", "contract_parties", "contract_parties_aud", "revinfo");
    Validation.run(classPath, database.url(), Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.6", "7.4", "8.0"})
  void beanValidationReachesTheDdl(String version, TestDatabase database) throws Exception {
    ClassPath classPath =
        Sources.compile(target, "validated", Sources.jars(version, "common", "validation"));
    Ddl ddl = EntityModels.load(ModelOptions.of(classPath, "PostgreSQL", "18.1", target));
    database.execute(ddl.script());
    assertThat(ddl.warnings()).isEmpty();
    assertThat(ddl.script())
        .contains("name varchar(40) not null", "nick varchar(255) not null", "wage numeric(7,2)")
        .containsPattern("age>=18|age >= 18")
        .containsPattern("age<=150|age <= 150");
  }

  @Test
  void saysSoWhenBeanValidationCannotStart() {
    Ddl ddl = EntityModels.load(withoutEl("6.6"));
    assertThat(ddl.warnings())
        .singleElement()
        .asString()
        .startsWith("Bean Validation cannot start here, so @NotNull");
  }

  @Test
  void passesOnThatHibernate7RefusesToBootWithHalfABeanValidation() {
    assertThatThrownBy(() -> EntityModels.load(withoutEl("7.4")))
        .hasMessageContaining("Bean Validation cannot start on the class path");
  }

  private ModelOptions withoutEl(String version) {
    List<Path> jars = Sources.jars(version, "common", "validation");
    ClassPath complete = Sources.compile(target, "validated", jars);
    List<Path> fewer = jars.stream().filter(jar -> !jar.toString().contains("expressly")).toList();
    ClassPath classPath = new ClassPath(complete.application(), fewer, List.of());
    return ModelOptions.of(classPath, "PostgreSQL", "18.1", target);
  }
}
