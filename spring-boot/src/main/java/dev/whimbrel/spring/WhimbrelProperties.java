package dev.whimbrel.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The application's side of {@code whimbrel.*}; beside it stands every option of {@link
 * dev.whimbrel.Options}, by the same prefix.
 *
 * @param mode what to do at start
 * @param migrations the directory of the revisions, or a place on the class path; null for {@code
 *     classpath:migrations}, else the directory {@code migrations}
 * @param url the database, if it is not that of the application's DataSource, such as the one past
 *     a pooler
 * @param user the user for {@code url}; null for the one within it
 * @param password the password for {@code url}
 * @param scratchUrl a server on which scratch databases may be made, in any form the command line
 *     reads; null for embedded PostgreSQL, where it is on the class path
 * @param embeddedDirectory the project whose {@code .whimbrel/} holds the embedded and scratch
 *     data; null for the working directory
 * @param waitTimeout how long {@code mode=wait} waits; zero for ever
 * @param healthInterval how long an answer about the database is used again by health and endpoint
 */
@ConfigurationProperties("whimbrel")
public record WhimbrelProperties(
    @DefaultValue("check") Mode mode,
    @Nullable String migrations,
    @Nullable String url,
    @Nullable String user,
    @Nullable String password,
    @Nullable String scratchUrl,
    @Nullable String embeddedDirectory,
    @DefaultValue("0s") Duration waitTimeout,
    @DefaultValue("10s") Duration healthInterval) {

  /** Without the password, and without the URL, which may hold one. */
  @Override
  public String toString() {
    return "WhimbrelProperties[mode=%s, migrations=%s]".formatted(mode, migrations);
  }
}
