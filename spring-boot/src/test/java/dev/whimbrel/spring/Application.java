package dev.whimbrel.spring;

import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** A user's application: Hibernate validates the schema when it boots. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Application {
  /** A bird in the table that the revisions create. */
  @Entity(name = "Bird")
  @Table(name = "bird")
  static class Bird {
    @Id Long id = 0L;
    String name = "";
  }

  /** What the application read when it started. */
  record Birds(List<String> names) {}

  @Bean
  Birds birds(EntityManager entities) {
    return new Birds(
        entities.createQuery("select b.name from Bird b", String.class).getResultList());
  }

  /** Starts it without a web server. */
  static ConfigurableApplicationContext start(String... properties) {
    return builder(WebApplicationType.NONE, properties).run();
  }

  /** Starts it with a web server on a free port. */
  static ConfigurableApplicationContext serve(String... properties) {
    return builder(WebApplicationType.SERVLET, properties).run();
  }

  private static SpringApplicationBuilder builder(WebApplicationType type, String... properties) {
    return new SpringApplicationBuilder(Application.class)
        .web(type)
        .properties(
            "spring.jpa.hibernate.ddl-auto=validate",
            "spring.jpa.open-in-view=false",
            "server.port=0",
            "management.endpoints.web.exposure.include=health,whimbrel",
            "management.endpoint.health.show-details=always",
            "whimbrel.health-interval=0s")
        .properties(properties);
  }
}
