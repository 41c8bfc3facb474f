package dev.whimbrel.spring;

import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Lets {@code spring.datasource.url} be what the command line understands too: {@code
 * postgres://user:password@host/database} as platforms give it, and {@code embedded:postgresql},
 * the local database of {@code whimbrel.toml}, whose data is kept in {@code .whimbrel/} of the
 * working directory and shared with the command line. Other URLs are left as they are.
 */
final class DatasourceUrl
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
  private static final String URL = "spring.datasource.url";
  private static final String USER = "spring.datasource.username";
  private static final String PASSWORD = "spring.datasource.password";

  /** After the listener that reads the configuration files. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    ConfigurableEnvironment environment = event.getEnvironment();
    String text = environment.getProperty(URL, "");
    if (text.startsWith("embedded:")) {
      replace(environment, embedded(environment, DatabaseUrl.parse(text)));
    } else if (text.startsWith("postgres://") || text.startsWith("postgresql://")) {
      DatabaseUrl url = DatabaseUrl.parse(text);
      replace(environment, properties(jdbc(url), url.user(), url.password()));
    }
  }

  private static String jdbc(DatabaseUrl url) {
    StringBuilder jdbc = new StringBuilder(url.jdbcUrl());
    char separator = '?';
    for (Map.Entry<String, String> parameter : url.sortedParameters().entrySet()) {
      jdbc.append(separator).append(parameter.getKey()).append('=');
      jdbc.append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
      separator = '&';
    }
    return jdbc.toString();
  }

  private static void replace(ConfigurableEnvironment environment, Map<String, Object> properties) {
    environment.getPropertySources().addFirst(new MapPropertySource("whimbrel", properties));
  }

  private static Map<String, Object> properties(
      String url, @Nullable String user, @Nullable String password) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(URL, url);
    if (user != null) {
      properties.put(USER, user);
    }
    if (password != null) {
      properties.put(PASSWORD, password);
    }
    return properties;
  }

  private static Map<String, Object> embedded(
      ConfigurableEnvironment environment, DatabaseUrl url) {
    if (!ClassUtils.isPresent("dev.whimbrel.embedded.EmbeddedPostgres", null)) {
      throw Problem.of(ErrorCode.E_CONFIG, "spring.embedded-missing").toException();
    }
    Path folder = Path.of(environment.getProperty("whimbrel.embedded-directory", ""));
    return Server.start(url.embeddedMajor(), folder.toAbsolutePath());
  }

  /** Apart, because its classes may not be there. */
  private static final class Server {
    private Server() {}

    static Map<String, Object> start(int major, Path folder) {
      EmbeddedPostgres running =
          EmbeddedPostgres.local(
              EmbeddedSettings.of(System.getenv()),
              folder,
              major == 0 ? OptionalInt.empty() : OptionalInt.of(major));
      SpringApplication.getShutdownHandlers().add(running::close);
      return properties(
          "jdbc:postgresql://%s:%d/%s"
              .formatted(running.host(), running.port(), EmbeddedPostgres.LOCAL_DATABASE),
          running.user(),
          running.password());
    }
  }
}
