package dev.whimbrel.spring;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The health contributor {@code whimbrel}; its interface moved in Spring Boot 4. */
final class Health {
  private static final String ENABLED = "management.health.whimbrel.enabled";

  private Health() {}

  /** Spring Boot 3. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
  @ConditionalOnProperty(name = ENABLED, havingValue = "true", matchIfMissing = true)
  static class Boot3 {
    @Bean
    org.springframework.boot.actuate.health.HealthIndicator whimbrelHealthIndicator(
        Observation observation) {
      return () -> {
        Observation.Seen seen = observation.seen();
        var health =
            seen.isFit()
                ? org.springframework.boot.actuate.health.Health.up()
                : org.springframework.boot.actuate.health.Health.down();
        return health.withDetails(seen.details()).build();
      };
    }
  }

  /** Spring Boot 4. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
  @ConditionalOnProperty(name = ENABLED, havingValue = "true", matchIfMissing = true)
  static class Boot4 {
    @Bean
    org.springframework.boot.health.contributor.HealthIndicator whimbrelHealthIndicator(
        Observation observation) {
      return () -> {
        Observation.Seen seen = observation.seen();
        var health =
            seen.isFit()
                ? org.springframework.boot.health.contributor.Health.up()
                : org.springframework.boot.health.contributor.Health.down();
        return health.withDetails(seen.details()).build();
      };
    }
  }
}
