package dev.whimbrel.cli.command;

import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The project's own PostgreSQL behind {@code embedded:postgresql}, while a command uses it. */
final class LocalServer implements AutoCloseable {
  private static final String SCHEME = "embedded:";

  private final EmbeddedPostgres server;

  private LocalServer(EmbeddedPostgres server) {
    this.server = server;
  }

  static boolean isMeant(String url) {
    return url.startsWith(SCHEME);
  }

  private static Matcher form(String url) {
    return Pattern.compile("embedded:postgresql(?::(\\d{1,3}))?").matcher(url);
  }

  /** The major version that the URL asks for, or the usual one. */
  static int major(String url) {
    Matcher form = form(url);
    String major = form.matches() ? form.group(1) : null;
    return major == null ? EmbeddedPostgres.DEFAULT_MAJOR : Integer.parseInt(major);
  }

  /**
   * Joins the server, or starts it.
   *
   * @throws dev.whimbrel.error.WhimbrelException E_CONFIG when the URL has another form
   */
  static LocalServer start(Path directory, String url, Map<String, String> environment) {
    Matcher form = form(url);
    if (!form.matches()) {
      throw Problem.of(ErrorCode.E_CONFIG, "cli.embedded")
          .with("value", url.substring(SCHEME.length()))
          .toException();
    }
    String major = form.group(1);
    return new LocalServer(
        EmbeddedPostgres.local(
            EmbeddedSettings.of(environment),
            directory.toAbsolutePath(),
            major == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(major))));
  }

  /** With its password, so not to be printed. */
  String url() {
    return server.url(EmbeddedPostgres.LOCAL_DATABASE);
  }

  @Override
  public void close() {
    server.close();
  }
}
