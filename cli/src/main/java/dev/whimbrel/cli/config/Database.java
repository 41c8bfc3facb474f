package dev.whimbrel.cli.config;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which database is meant, and who said so.
 *
 * @param url as it was given; may hold a password, so it is never printed
 * @param user given beside the URL; null for none
 * @param password given beside the URL; null for none
 * @param source such as {@code --url}, {@code DATABASE_URL} or {@code env.local}
 */
public record Database(
    String url, @Nullable String user, @Nullable String password, String source) {
  /** The variables that may name the database, the first that is set wins. */
  public static final List<String> VARIABLES =
      List.of(
          "WHIMBREL_DATABASE_URL",
          "DIRECT_URL",
          "DATABASE_URL_UNPOOLED",
          "DATABASE_URL",
          "JDBC_DATABASE_URL",
          "SPRING_DATASOURCE_URL");

  private static final String LOCAL = "local";

  /**
   * The first that is set: the option, the named environment, the variables, {@code [env.local]}.
   *
   * @param option of {@code --url}; null when it wasn't given
   * @param named the environment that was named; null for none
   */
  public static Optional<Database> choose(
      Config config, @Nullable String option, @Nullable String named) {
    if (option != null) {
      return Optional.of(new Database(config, option, null, null, "--url"));
    }
    Optional<Database> found = named == null ? Optional.empty() : environment(config, named);
    if (found.isEmpty()) {
      found = variable(config);
    }
    return found.isPresent() ? found : environment(config, LOCAL);
  }

  /** That of {@code [env.local]}; empty also where a variable of it is not set. */
  public static Optional<Database> local(Config config) {
    try {
      return environment(config, LOCAL);
    } catch (WhimbrelException e) {
      return Optional.empty();
    }
  }

  private Database(
      Config config, String url, @Nullable String user, @Nullable String password, String source) {
    this(within(config.directory(), url), user, password, source);
  }

  /** Never the URL, which may hold a password. */
  @Override
  public String toString() {
    return "Database[" + source + "]";
  }

  /** The one that was chosen, or the problem that there is none. */
  public static Problem.Builder none() {
    return Problem.of(ErrorCode.E_CONFIG, "config.no-url");
  }

  private static Optional<Database> environment(Config config, String name) {
    String key = "env." + name + ".url";
    Optional<String> url = config.text(key);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    String source = config.variable(key) == null ? "env." + name : Keys.variableOf(key);
    return Optional.of(
        new Database(
            config,
            url.get(),
            config.text("env." + name + ".user").orElse(null),
            config.text("env." + name + ".password").orElse(null),
            source));
  }

  private static Optional<Database> variable(Config config) {
    for (String name : VARIABLES) {
      String url = config.plainVariable(name);
      if (url != null) {
        String prefix = name.endsWith("_URL") ? name.substring(0, name.length() - 4) : name;
        boolean apart = name.startsWith("SPRING") || name.startsWith("JDBC");
        return Optional.of(
            new Database(
                config,
                url,
                apart ? config.plainVariable(prefix + "_USERNAME") : null,
                apart ? config.plainVariable(prefix + "_PASSWORD") : null,
                name));
      }
    }
    return Optional.empty();
  }

  /** A SQLite file is meant relative to the project. */
  private static String within(Path directory, String url) {
    if (!url.startsWith("sqlite:") || url.startsWith("sqlite::memory:")) {
      return url;
    }
    String rest = url.substring("sqlite:".length());
    String path = rest.startsWith("//") ? rest.substring(2) : rest;
    int query = path.indexOf('?');
    String file = query < 0 ? path : path.substring(0, query);
    return file.isEmpty() || Path.of(file).isAbsolute()
        ? url
        : "sqlite:" + directory.resolve(file) + (query < 0 ? "" : path.substring(query));
  }
}
