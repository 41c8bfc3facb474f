package dev.whimbrel.spring;

import dev.whimbrel.Whimbrel;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** Guards the start of an application by its revisions; {@code whimbrel.mode} says how. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
    },
    beforeName = {
      "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
      "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration"
    })
@ConditionalOnClass(DatabaseInitializationDependencyConfigurer.class)
@Conditional(NotOff.class)
@EnableConfigurationProperties(WhimbrelProperties.class)
@Import({
  DatabaseInitializationDependencyConfigurer.class,
  Connections.Boot3.class,
  Connections.Boot4.class
})
public class WhimbrelAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(Whimbrel.class)
  MigrationFiles whimbrelMigrationFiles(WhimbrelProperties properties, ResourceLoader resources) {
    ClassLoader loader = resources.getClassLoader();
    return MigrationFiles.at(
        properties.migrations(),
        loader == null ? WhimbrelAutoConfiguration.class.getClassLoader() : loader);
  }

  /** The facade over the application's revisions and its database. */
  @Bean
  @ConditionalOnMissingBean
  Whimbrel whimbrel(
      MigrationFiles files,
      WhimbrelProperties properties,
      Environment environment,
      ObjectProvider<Connections.Source> source,
      ObjectProvider<DataSource> pools) {
    Connections.Target target = target(properties, environment, source.getIfAvailable());
    Whimbrel.Builder builder =
        Whimbrel.in(files.directory())
            .url(String.valueOf(target.url()))
            .credentials(target.user(), target.password())
            .options(OptionsBinding.of(environment))
            .events(new EventLog());
    if (properties.url() == null && properties.user() == null) {
      builder.borrowing(new Borrowed(pools, String.valueOf(target.url())));
    }
    Scratches.add(builder, properties);
    return builder.build();
  }

  @Bean
  WhimbrelGate whimbrelGate(Whimbrel whimbrel, WhimbrelProperties properties) {
    return new WhimbrelGate(whimbrel, properties);
  }

  private static Connections.Target target(
      WhimbrelProperties properties, Environment environment, Connections.@Nullable Source source) {
    if (properties.url() != null) {
      return new Connections.Target(properties.url(), properties.user(), properties.password());
    }
    Connections.Target details = source == null ? null : source.find();
    String url = details == null ? null : details.url();
    if (details != null && url != null && !url.isEmpty()) {
      return apart(properties, details);
    }
    String configured = environment.getProperty("spring.datasource.url", "");
    if (configured.isEmpty()) {
      throw Problem.of(ErrorCode.E_CONFIG, "spring.no-url").toException();
    }
    return apart(
        properties,
        new Connections.Target(
            configured,
            environment.getProperty("spring.datasource.username"),
            environment.getProperty("spring.datasource.password")));
  }

  /** A role of its own, such as one that may alter tables, on the application's database. */
  private static Connections.Target apart(
      WhimbrelProperties properties, Connections.Target target) {
    return properties.user() == null
        ? target
        : new Connections.Target(target.url(), properties.user(), properties.password());
  }

  /** What operators see. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
  @Import({Health.Boot3.class, Health.Boot4.class})
  static class Operations {
    @Bean
    Observation whimbrelObservation(Whimbrel whimbrel, WhimbrelProperties properties) {
      return new Observation(whimbrel, properties.healthInterval(), System::nanoTime);
    }

    @Bean
    @ConditionalOnMissingBean
    WhimbrelEndpoint whimbrelEndpoint(Observation observation) {
      return new WhimbrelEndpoint(observation);
    }
  }
}
