package dev.whimbrel.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entities, names and settings as Spring Boot 3.5 and 4.1 themselves would find them. */
class SpringBootTest {
  private static final String APPLICATION =
      """
      package com.example.app;
      @org.springframework.boot.autoconfigure.SpringBootApplication
      public class App {}
      """;
  private static final String ORDER =
      """
      package com.example.app.orders;
      import jakarta.persistence.*;
      @Entity public class CustomerOrder {
        @Id Long id;
        String shipTo;
        @ManyToOne CustomerOrder replacedBy;
      }
      """;
  private static final String ELSEWHERE =
      """
      package com.example.other;
      import jakarta.persistence.*;
      @Entity public class Stranger { @Id Long id; }
      """;
  private static final String YAML =
      """
      spring:
        profiles.active: ${WHIMBREL_TEST_PROFILE:dev}
        datasource.url: ${NOBODY_SETS_THIS}
        jpa:
          hibernate.ddl-auto: create-drop
          properties:
            hibernate.dialect: org.hibernate.dialect.H2Dialect
            hibernate.connection.provider_class: com.example.Missing
            hibernate.default_catalog: ${NOBODY_SETS_THIS_EITHER}
      ---
      spring:
        config.activate.on-profile: prod
        jpa.properties.hibernate.default_schema: sales
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"boot-3,6.6,3.5", "boot-4,7.4,4.1"})
  void takesThePackageNamesAndSettingsOfTheApplication(
      String boot, String hibernate, String version) {
    ModelOptions options = options(boot, hibernate, application());

    Ddl dev = EntityModels.load(options);
    assertThat(dev.script())
        .contains("create table customer_order (")
        .contains("ship_to varchar(255)", "replaced_by_id bigint")
        .doesNotContain("stranger");
    assertThat(dev.settings().stream().map(Ddl.Setting::toString))
        .contains("spring.profiles.active = dev (application.yml:2)")
        .anySatisfy(setting ->
            assertThat(setting)
                .startsWith("spring.jpa.hibernate.naming.physical-strategy = org.hibernate.")
                .contains("(default of Spring Boot " + version));
    assertThat(dev.warnings())
        .anySatisfy(warning ->
            assertThat(warning)
                .startsWith("hibernate.dialect = org.hibernate.dialect.H2Dialect is left out"))
        .anySatisfy(warning ->
            assertThat(warning)
                .startsWith("spring.jpa.properties.hibernate.default_catalog = ${NOBODY")
                .contains("application.yml:"));

    Ddl prod = EntityModels.load(options.withProfiles(List.of("prod")));
    assertThat(prod.script()).contains("create table sales.customer_order (");
    assertThat(prod.tables().getFirst().name()).isEqualTo(new Ddl.Name("sales", "customer_order"));
    assertThat(prod.settings().stream().map(Ddl.Setting::toString))
        .contains(
            "spring.profiles.active = prod (Whimbrel's configuration)",
            "spring.jpa.properties.hibernate.default_schema = sales (application.yml:13)");
  }

  @ParameterizedTest
  @CsvSource({
    "boot-3,6.6,org.springframework.boot.autoconfigure.domain.EntityScan",
    "boot-4,7.4,org.springframework.boot.persistence.autoconfigure.EntityScan"
  })
  void entityScanBeatsThePackageOfTheApplication(String boot, String hibernate, String scan) {
    Map<String, String> texts = new HashMap<>(application());
    texts.put(
        "Scan.java",
        "package com.example.app; @%s(basePackageClasses = com.example.other.Stranger.class) class S {}"
            .formatted(scan));
    texts.put(
        "application.properties",
        "spring.jpa.hibernate.naming.physical-strategy="
            + "org.hibernate.boot.model.naming.PhysicalNamingStrategyStandardImpl");
    Ddl ddl = EntityModels.load(options(boot, hibernate, texts));
    assertThat(ddl.tables())
        .singleElement()
        .hasToString("MappedTable[name=stranger, by=[com.example.other.Stranger]]");
    assertThat(ddl.settings().stream().map(Ddl.Setting::toString))
        .contains(
            "spring.jpa.hibernate.naming.physical-strategy = org.hibernate.boot.model.naming."
                + "PhysicalNamingStrategyStandardImpl (application.properties:1)");
  }

  @Test
  void asksWhichStrategyABeanIs() {
    Map<String, String> texts = new HashMap<>(application());
    texts.put(
        "Naming.java",
        """
        package com.example.app;
        import org.hibernate.boot.model.naming.*;
        import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
        @org.springframework.stereotype.Component
        public class Naming extends PhysicalNamingStrategyStandardImpl {
          @Override public Identifier toPhysicalTableName(Identifier name, JdbcEnvironment env) {
            return Identifier.toIdentifier("T_" + name.getText());
          }
        }
        """);
    texts.put(
        "Config.java",
        """
        package com.example.app;
        import org.hibernate.boot.model.naming.*;
        class Config {
          @org.springframework.context.annotation.Bean
          ImplicitNamingStrategy names() { return new ImplicitNamingStrategyJpaCompliantImpl(); }
        }
        """);
    ModelOptions options = options("boot-3", "6.6", texts);
    assertThatThrownBy(() -> EntityModels.load(options))
        .hasMessageContaining("class com.example.app.Naming gives Spring Boot a PhysicalNamingStr")
        .extracting("problem.remedy")
        .asString()
        .contains("[models] physical-naming = \"com.example.app.Naming\"");
    assertThatThrownBy(() -> EntityModels.load(options.withNaming("com.example.app.Naming", null)))
        .hasMessageContaining("com.example.app.Config.names() gives Spring Boot a ImplicitNaming");
    Ddl ddl =
        EntityModels.load(options.withNaming("com.example.app.Naming", ModelOptions.AS_CONFIGURED));
    assertThat(ddl.script()).contains("create table T_CustomerOrder (", "shipTo varchar(255)");
  }

  @Test
  void saysWhereTheEntitiesAreWhenTheApplicationsPackageHasNone() {
    Map<String, String> texts = new HashMap<>(application());
    texts.remove("CustomerOrder.java");
    assertThatThrownBy(() -> EntityModels.load(options("boot-3", "6.6", texts)))
        .hasMessageContaining("packages com.example.app (of @SpringBootApplication)")
        .extracting("problem.remedy")
        .asString()
        .contains("entities are in com.example.other");
  }

  private static Map<String, String> application() {
    return Map.of(
        "App.java", APPLICATION,
        "CustomerOrder.java", ORDER,
        "Stranger.java", ELSEWHERE,
        "application.yml", YAML);
  }

  private ModelOptions options(String boot, String hibernate, Map<String, String> texts) {
    ClassPath classPath = Sources.compile(folder, texts, Sources.jars(boot, hibernate, "common"));
    return ModelOptions.of(classPath, "PostgreSQL", "15.4", folder);
  }
}
