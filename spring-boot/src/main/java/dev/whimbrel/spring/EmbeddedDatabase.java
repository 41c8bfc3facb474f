package dev.whimbrel.spring;

import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Understands {@code spring.datasource.url=embedded:postgresql}: the local database of {@code
 * whimbrel.toml} in the same words, kept in {@code .whimbrel/} of the working directory and shared
 * with the command line. Stopped when the process ends.
 */
final class EmbeddedDatabase
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
  private static final String URL = "spring.datasource.url";
  private static final Pattern FORM = Pattern.compile("embedded:postgresql(?::(\\d{1,3}))?");

  /** After the listener that reads the configuration files. */
  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    String url = event.getEnvironment().getProperty(URL, "");
    if (!url.startsWith("embedded:")) {
      return;
    }
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      throw Problem.of(ErrorCode.E_CONFIG, "spring.embedded").with("value", url).toException();
    }
    if (!ClassUtils.isPresent("dev.whimbrel.embedded.EmbeddedPostgres", null)) {
      throw Problem.of(ErrorCode.E_CONFIG, "spring.embedded-missing").toException();
    }
    ConfigurableEnvironment environment = event.getEnvironment();
    Path folder = Path.of(environment.getProperty("whimbrel.embedded-directory", ""));
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "whimbrelEmbedded", Server.start(form.group(1), folder.toAbsolutePath())));
  }

  /** Apart, because its classes may not be there. */
  private static final class Server {
    private Server() {}

    static Map<String, Object> start(@Nullable String major, Path folder) {
      EmbeddedPostgres running =
          EmbeddedPostgres.local(
              EmbeddedSettings.of(System.getenv()),
              folder,
              major == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(major)));
      SpringApplication.getShutdownHandlers().add(running::close);
      return Map.of(
          URL,
          "jdbc:postgresql://%s:%d/%s"
              .formatted(running.host(), running.port(), EmbeddedPostgres.LOCAL_DATABASE),
          "spring.datasource.username",
          running.user(),
          "spring.datasource.password",
          running.password());
    }
  }
}
