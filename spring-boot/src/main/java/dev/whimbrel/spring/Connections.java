package dev.whimbrel.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the application's own DataSource connects to; the interface moved in Spring Boot 4. */
final class Connections {
  private Connections() {}

  /** A database, as JDBC is told about it. */
  record Target(@Nullable String url, @Nullable String user, @Nullable String password) {
    @Override
    public String toString() {
      return "Target";
    }
  }

  /** Finds the target when it is asked for, so that nothing is connected too early. */
  @FunctionalInterface
  interface Source {
    /** Null when the application has no such details. */
    @Nullable Target find();
  }

  /** Spring Boot 3. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails")
  static class Boot3 {
    @Bean
    Source whimbrelConnectionSource(
        ObjectProvider<org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails> all) {
      return () -> {
        var details = all.getIfUnique();
        return details == null
            ? null
            : new Target(details.getJdbcUrl(), details.getUsername(), details.getPassword());
      };
    }
  }

  /** Spring Boot 4. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails")
  static class Boot4 {
    @Bean
    Source whimbrelConnectionSource(
        ObjectProvider<org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails> all) {
      return () -> {
        var details = all.getIfUnique();
        return details == null
            ? null
            : new Target(details.getJdbcUrl(), details.getUsername(), details.getPassword());
      };
    }
  }
}
