package dev.whimbrel.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plain Jakarta Persistence: persistence.xml, orm.xml, settings, and everything that goes wrong.
 */
class EntityModelsTest {
  private static final String BOOK =
      """
      package lib;
      import jakarta.persistence.*;
      @Entity public class Book { @Id Long id; String fullTitle; %s }
      """;
  private static final String LOAN =
      """
      package desk;
      import jakarta.persistence.*;
      @Entity public class Loan { @Id Long id; }
      """;
  private static final String UNITS =
      """
      <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
        <persistence-unit name="books">
          <class>lib.Book</class>
          <exclude-unlisted-classes>true</exclude-unlisted-classes>
          <properties>
            <property name="hibernate.default_schema" value="Library"/>
            <property name="jakarta.persistence.jdbc.url" value="jdbc:none:nowhere"/>
            <property name="hibernate.hbm2ddl.import_files" value="missing.sql"/>
            <property name="hibernate.cache.region.factory_class" value="no.such.Cache"/>
          </properties>
        </persistence-unit>
        <persistence-unit name="desk">
          <mapping-file>desk.xml</mapping-file>
          <exclude-unlisted-classes/>
        </persistence-unit>
      </persistence>
      """;
  private static final String DESK =
      """
      <entity-mappings xmlns="https://jakarta.ee/xml/ns/persistence/orm" version="3.0">
        <package>desk</package>
        <entity class="Loan"><table name="loans"/></entity>
      </entity-mappings>
      """;

  @TempDir Path folder;

  @Test
  void readsAllUnitsOfPersistenceXmlEachWithItsSettingsAndMappings() {
    ModelOptions options =
        options(
            Map.of(
                "Book.java", BOOK.formatted(""),
                "Loan.java", LOAN,
                "META-INF/persistence.xml", UNITS,
                "desk.xml", DESK,
                "import.sql", "insert into nowhere values (1);"));
    Ddl both = EntityModels.load(options);
    assertThat(both.tables().stream().map(each -> each.name().toString()))
        .containsExactly("loans", "library.book");
    assertThat(both.script()).startsWith("create schema Library;\n").doesNotContain("nowhere");
    assertThat(both.settings())
        .containsExactly(
            new Ddl.Setting(
                "hibernate.default_schema", "Library", "META-INF/persistence.xml, unit books"));

    Ddl desk = EntityModels.load(options.withUnits(List.of("desk")));
    assertThat(desk.tables()).hasSize(1);
    assertThatThrownBy(() -> EntityModels.load(options.withUnits(List.of("book"))))
        .hasMessageContaining("no persistence unit book (books?)");
  }

  @Test
  void withoutAnyDeclarationTakesAllClassesAndTheStandardOrmXml() {
    ModelOptions options =
        options(
            Map.of(
                "Book.java", BOOK.formatted(""),
                "Loan.java", LOAN,
                "META-INF/orm.xml", DESK));
    Ddl ddl = EntityModels.load(options);
    assertThat(ddl.script())
        .contains("create table Book (", "fullTitle varchar(255)", "create table loans (");
    assertThat(ddl.timings().stream().map(Ddl.Timing::part))
        .containsExactly(
            "entity scan", "settings", "hibernate boot (default)", "ddl (default)", "worker JVM");
  }

  @Test
  void theConfigurationBeatsTheApplication() {
    ModelOptions options = options(Map.of("Book.java", BOOK.formatted(""), "Loan.java", LOAN));
    Ddl ddl =
        EntityModels.load(
            options
                .withPackages(List.of("lib"))
                .withProperties(Map.of("hibernate.globally_quoted_identifiers", "true"))
                .withNaming(
                    "org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy", null));
    assertThat(ddl.script()).contains("create table \"book\" (", "\"full_title\"");
    assertThat(ddl.tables()).hasSize(1);
  }

  @Test
  void namesAClassThatIsMissingAndTheEntityThatNeedsIt() throws IOException {
    ModelOptions options =
        options(
            Map.of(
                "Book.java",
                BOOK.formatted("@Embedded other.Size size;"),
                "Size.java",
                "package other; @jakarta.persistence.Embeddable public class Size { int w; }"));
    Files.delete(folder.resolve("classes/other/Size.class"));
    assertThatThrownBy(() -> EntityModels.load(options))
        .hasMessageContaining("Class other.Size is missing from the class path")
        .hasMessageContaining("Needed by: lib.Book.")
        .extracting("problem.remedy")
        .asString()
        .contains("\"provided\"");
  }

  @Test
  void passesOnWhatHibernateSaysOfAMapping() {
    assertThatThrownBy(() ->
            EntityModels.load(
                options(
                    Map.of("Book.java", BOOK.formatted("@OneToMany java.util.Set<String> s;")))))
        .hasMessageContaining("Hibernate cannot map lib.Book")
        .hasMessageContaining("targets the type 'java.lang.String' which is not an '@Entity'");
  }

  @Test
  void saysWhatItLookedAtWhenThereAreNoEntities() {
    ModelOptions options = options(Map.of("A.java", "package a; public class A {}"));
    assertThatThrownBy(() -> EntityModels.load(options))
        .hasMessageContaining("No entities found")
        .hasMessageContaining("no META-INF/persistence.xml; all 1 classes of");
    assertThatThrownBy(() -> EntityModels.load(options.withPackages(List.of("b"))))
        .hasMessageContaining("packages b (configured)");
  }

  @Test
  void saysThatHibernateIsNotThere() {
    ModelOptions complete = options(Map.of("Book.java", BOOK.formatted("")));
    ClassPath bare = new ClassPath(complete.classPath().application(), List.of(), List.of());
    assertThatThrownBy(() -> EntityModels.load(ModelOptions.of(bare, "PostgreSQL", "18", folder)))
        .hasMessageContaining("Hibernate is not on the class path (1 entries)");
  }

  @Test
  void saysThatTheDialectHasToBeAdded() {
    ModelOptions options = options(Map.of("Book.java", BOOK.formatted("")));
    ModelOptions sqlite =
        ModelOptions.of(options.classPath(), "SQLite", "3.50", options.directory());
    assertThatThrownBy(() -> EntityModels.load(sqlite))
        .hasMessageContaining("This Hibernate has no dialect for SQLite")
        .extracting("problem.remedy")
        .asString()
        .contains("hibernate-community-dialects");
  }

  @Test
  void saysThatTheClassesNeedANewerJava() throws IOException {
    ModelOptions options = options(Map.of("Book.java", BOOK.formatted("")));
    Path book = folder.resolve("classes/lib/Book.class");
    byte[] bytes = Files.readAllBytes(book);
    bytes[7] = 120;
    Files.write(book, bytes);
    assertThatThrownBy(() -> EntityModels.load(options))
        .hasMessageContaining("The class path needs a newer Java: lib/Book");
  }

  @Test
  void givesUpAfterTheTimeLimit() {
    ModelOptions options = options(Map.of("Book.java", BOOK.formatted("")));
    assertThatThrownBy(() -> EntityModels.load(options.withJava(null, Duration.ofMillis(1))))
        .hasMessageContaining("did not finish within");
  }

  @Test
  void readsQuarkusSettingsOfTheProfile() {
    Map<String, String> texts = new HashMap<>();
    texts.put("Book.java", BOOK.formatted(""));
    texts.put("Quarkus.java", "package io.quarkus.runtime; public class Quarkus {}");
    texts.put(
        "application.properties",
        """
        quarkus.hibernate-orm.physical-naming-strategy=org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy
        %prod.quarkus.hibernate-orm.database.default-schema=live
        %dev.quarkus.hibernate-orm.database.default-schema=${my.schema:toy}
        """);
    ModelOptions options = options(texts);
    assertThat(EntityModels.load(options).script()).contains("live.book", "full_title");
    assertThat(EntityModels.load(options.withProfiles(List.of("dev"))).script())
        .contains("toy.book");
  }

  @Test
  void takesThePackagesAndSettingsOfQuarkusPersistenceUnits() {
    Map<String, String> texts = new HashMap<>();
    texts.put("Book.java", BOOK.formatted(""));
    texts.put(
        "Stock.java",
        """
        package inventory;
        import jakarta.persistence.*;
        @Entity public class Stock { @Id public Long id; public int onHand; }
        """);
    texts.put("Quarkus.java", "package io.quarkus.runtime; public class Quarkus {}");
    String properties =
        """
        quarkus.hibernate-orm."inv".packages=inventory
        quarkus.hibernate-orm."inv".datasource=inv
        quarkus.hibernate-orm."inv".database.default-schema=store
        quarkus.hibernate-orm.packages=lib
        """;
    texts.put("application.properties", properties);
    ModelOptions options = options(texts);
    assertThat(EntityModels.load(options).script()).contains("Book").doesNotContain("Stock");
    assertThat(EntityModels.load(options.withUnits(List.of("inv"))).script())
        .contains("store.Stock")
        .doesNotContain("Book");
    assertThatThrownBy(() -> EntityModels.load(options.withUnits(List.of("in"))))
        .hasMessageContaining("there are: default, inv");
  }

  private ModelOptions options(Map<String, String> texts) {
    ClassPath classPath = Sources.compile(folder, texts, Sources.jars("6.6", "common"));
    return ModelOptions.of(classPath, "PostgreSQL", "18.1", folder);
  }
}
