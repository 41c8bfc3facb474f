package dev.whimbrel;

import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.postgresql.PostgresqlScratch;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.scratch.ScratchProvider;
import dev.whimbrel.scratch.ScratchRequest;
import dev.whimbrel.scratch.ScratchStrategy;
import java.time.Duration;
import java.util.Properties;

/** Scratch databases on the server that a URL names; its text form has no password. */
record UrlScratch(String name, DatabaseUrl url, Duration timeout) implements ScratchProvider {
  @Override
  public ScratchStrategy open(ScratchRequest request) {
    if (!request.engine().equals("postgresql") || !url.engine().equals("postgresql")) {
      throw Problem.of(ErrorCode.E_SCRATCH, "scratch.other-engine")
          .with("request", request)
          .toException();
    }
    return PostgresqlScratch.on(url.jdbcUrl(), properties(), url.toString());
  }

  private Properties properties() {
    Properties properties = new Properties();
    if (url.user() != null) {
      properties.setProperty("user", url.user());
    }
    if (url.password() != null) {
      properties.setProperty("password", url.password());
    }
    properties.setProperty("ApplicationName", "whimbrel scratch");
    properties.setProperty("connectTimeout", Long.toString(Math.max(1, timeout.toSeconds())));
    properties.putAll(url.parameters());
    return properties;
  }
}
