package dev.whimbrel.dialect;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is, read from any of the forms platforms and tools write; immutable.
 *
 * <p>Understood: {@code postgres://}, {@code postgresql://}, {@code jdbc:postgresql:}, {@code
 * sqlite:FILE}, {@code jdbc:sqlite:FILE} and {@code embedded:postgresql[:MAJOR]}. Passwords are
 * percent-encoded. The text form never has a password.
 */
public final class DatabaseUrl {
  private final Form form;
  private final String hosts;
  private final String database;
  private final @Nullable String user;
  private final @Nullable String password;
  private final Map<String, String> parameters;
  private final List<String> dropped;

  private enum Form {
    POSTGRESQL,
    SQLITE,
    EMBEDDED
  }

  private DatabaseUrl(
      Form form,
      String hosts,
      String database,
      @Nullable String user,
      @Nullable String password,
      Map<String, String> parameters,
      List<String> dropped) {
    this.form = form;
    this.hosts = hosts;
    this.database = database;
    this.user = user;
    this.password = password;
    this.parameters = Map.copyOf(parameters);
    this.dropped = List.copyOf(dropped);
  }

  /**
   * Reads a URL.
   *
   * @throws WhimbrelException E_CONFIG when it isn't one of the forms, or holds characters that
   *     must be encoded; the message shows no password
   */
  public static DatabaseUrl parse(String text) {
    String url = text.strip();
    String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    int colon = plain.indexOf(':');
    String scheme = colon < 0 ? "" : plain.substring(0, colon);
    String rest = plain.substring(colon + 1);
    int driver = scheme.indexOf('+');
    return switch (driver < 0 ? scheme : scheme.substring(0, driver)) {
      case "postgres", "postgresql" -> postgresql(rest);
      case "sqlite" ->
          new DatabaseUrl(Form.SQLITE, "", sqliteFile(rest), null, null, Map.of(), List.of());
      case "embedded" -> embedded(rest);
      default ->
          throw Problem.of(ErrorCode.E_CONFIG, "url.scheme")
              .with("scheme", scheme.isEmpty() ? "no scheme" : scheme + ":")
              .toException();
    };
  }

  private static String sqliteFile(String rest) {
    String file = rest.startsWith("///") ? rest.substring(3) : rest;
    int query = file.indexOf('?');
    String path = query < 0 ? file : file.substring(0, query);
    if (path.isEmpty()) {
      throw Problem.of(ErrorCode.E_CONFIG, "url.no-file").toException();
    }
    return path;
  }

  private static DatabaseUrl embedded(String rest) {
    String[] parts = rest.split(":", -1);
    boolean major = parts.length < 2 || isNumber(parts[1]);
    if (!parts[0].equals("postgresql") || parts.length > 2 || !major) {
      throw Problem.of(ErrorCode.E_CONFIG, "url.embedded").with("value", rest).toException();
    }
    String version = parts.length == 2 ? parts[1] : "";
    return new DatabaseUrl(Form.EMBEDDED, "", version, null, null, Map.of(), List.of());
  }

  private static DatabaseUrl postgresql(String rest) {
    int slashes = rest.startsWith("//") ? 2 : 0;
    int end = rest.length();
    for (int i = slashes; i < end; i++) {
      char c = rest.charAt(i);
      if (c == '/' || c == '?' || c == '#') {
        end = i;
      }
    }
    String authority = slashes == 0 ? "" : rest.substring(slashes, end);
    String path = slashes == 0 ? rest : rest.substring(end);
    int question = path.indexOf('?');
    String query = question < 0 ? "" : path.substring(question + 1);
    String before = question < 0 ? path : path.substring(0, question);
    int at = authority.lastIndexOf('@');
    refuseUnescaped(authority, before, at);
    refuseQuestion(at < 0 && before.isEmpty(), query);
    String login = at < 0 ? "" : authority.substring(0, at);
    int colon = login.indexOf(':');
    UrlParameters parameters = UrlParameters.read(query);
    String user = colon < 0 ? login : login.substring(0, colon);
    String password = colon < 0 ? null : decode(login.substring(colon + 1));
    String hosts = decode(authority.substring(at + 1));
    refusePorts(hosts);
    return new DatabaseUrl(
        Form.POSTGRESQL,
        parameters.hosts(hosts),
        decode(before.startsWith("/") ? before.substring(1) : before),
        user.isEmpty() ? parameters.user() : decode(user),
        password == null ? parameters.password() : password,
        parameters.kept(),
        parameters.dropped());
  }

  /** A second @, or one after the first slash, stands in a password that was not encoded. */
  private static void refuseUnescaped(String authority, String path, int at) {
    if (authority.indexOf('@') != at) {
      throw unescaped("@", "%40");
    }
    if (path.indexOf('@') >= 0 && at < 0) {
      throw path.startsWith("#") ? unescaped("#", "%23") : unescaped("/", "%2F");
    }
    if (path.startsWith("#")) {
      throw unescaped("#", "%23");
    }
  }

  /** A login that is cut short by a question mark looks like a host; its @ comes before any =. */
  private static void refuseQuestion(boolean onlyHost, String query) {
    int at = query.indexOf('@');
    int equals = query.indexOf('=');
    if (onlyHost && at >= 0 && (equals < 0 || equals > at)) {
      throw unescaped("?", "%3F");
    }
  }

  /** What stands there may be a part of a password, so it is not repeated. */
  private static void refusePorts(String hosts) {
    for (String host : hosts.split(",", -1)) {
      int colon = host.lastIndexOf(':');
      if (colon > host.lastIndexOf(']') && !isPort(host.substring(colon + 1))) {
        throw Problem.of(ErrorCode.E_CONFIG, "url.port").toException();
      }
    }
  }

  private static boolean isPort(String text) {
    return text.isEmpty()
        || (text.length() < 6 && areDigits(text) && Integer.parseInt(text) < 65_536);
  }

  private static WhimbrelException unescaped(String character, String code) {
    return Problem.of(ErrorCode.E_CONFIG, "url.unescaped")
        .with("character", character)
        .with("code", code)
        .toException();
  }

  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = new byte[text.length() * 3];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        int value = i + 2 < text.length() ? hex(text.charAt(i + 1), text.charAt(i + 2)) : -1;
        if (value < 0) {
          throw unescaped("%", "%25");
        }
        bytes[length++] = (byte) value;
        i += 2;
      } else {
        int points = Character.charCount(text.codePointAt(i));
        byte[] encoded =
            text.substring(i, i + points).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
        i += points - 1;
      }
    }
    return new String(bytes, 0, length, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static int hex(char high, char low) {
    int left = Character.digit(high, 16);
    int right = Character.digit(low, 16);
    return left < 0 || right < 0 ? -1 : left * 16 + right;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.length() < 4 && areDigits(text);
  }

  private static boolean areDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** The same database for another login; null leaves what the URL says. */
  public DatabaseUrl withCredentials(@Nullable String newUser, @Nullable String newPassword) {
    return new DatabaseUrl(
        form,
        hosts,
        database,
        newUser == null ? user : newUser,
        newPassword == null ? password : newPassword,
        parameters,
        dropped);
  }

  /** The same server, another database of it. */
  public DatabaseUrl withDatabase(String newDatabase) {
    return new DatabaseUrl(form, hosts, newDatabase, user, password, parameters, dropped);
  }

  /** The same with one parameter more, under the name the driver knows. */
  public DatabaseUrl withParameter(String name, String value) {
    Map<String, String> more = new TreeMap<>(parameters);
    more.put(name, value);
    return new DatabaseUrl(form, hosts, database, user, password, more, dropped);
  }

  /** The engine's name: {@code postgresql} or {@code sqlite}. */
  public String engine() {
    return form == Form.SQLITE ? "sqlite" : "postgresql";
  }

  /** Whether a front end has to start a server first. */
  public boolean isEmbedded() {
    return form == Form.EMBEDDED;
  }

  /** The major version an embedded server was asked for, 0 for any. */
  public int embeddedMajor() {
    return isEmbedded() && !database.isEmpty() ? Integer.parseInt(database) : 0;
  }

  /** Hosts with their ports as in the URL, comma-separated; empty for an engine without. */
  public String hosts() {
    return hosts;
  }

  /** The database's name, or file; empty where the URL leaves it to the driver. */
  public String database() {
    return database;
  }

  public @Nullable String user() {
    return user;
  }

  public @Nullable String password() {
    return password;
  }

  /** Parameters the driver is given, under the names it knows. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** Parameters that other tools left in the URL and that mean nothing here, names only. */
  public List<String> dropped() {
    return dropped;
  }

  /** The URL for {@code java.sql}; user, password and parameters are not in it. */
  public String jdbcUrl() {
    return switch (form) {
      case SQLITE -> "jdbc:sqlite:" + database;
      case POSTGRESQL -> "jdbc:postgresql://" + hosts + "/" + encode(database);
      case EMBEDDED -> throw new IllegalStateException("an embedded server is started first");
    };
  }

  private static String encode(String name) {
    return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8);
  }

  /**
   * The database for a program that is started beside this one, as variables: those of libpq where
   * the engine has it, else {@code WHIMBREL_DATABASE} with the file. The password is among them.
   */
  public Map<String, String> variables() {
    return switch (form) {
      case SQLITE -> Map.of("WHIMBREL_DATABASE", database);
      case EMBEDDED -> throw new IllegalStateException("an embedded server is started first");
      case POSTGRESQL -> libpq();
    };
  }

  private Map<String, String> libpq() {
    Map<String, String> variables = new TreeMap<>();
    List<String> names = new ArrayList<>();
    List<String> ports = new ArrayList<>();
    for (String host : hosts.split(",", -1)) {
      int colon = host.lastIndexOf(':');
      boolean port = colon > host.lastIndexOf(']');
      String name = port ? host.substring(0, colon) : host;
      names.add(name.startsWith("[") ? name.substring(1, name.length() - 1) : name);
      ports.add(port ? host.substring(colon + 1) : "5432");
    }
    variables.put("PGHOST", String.join(",", names));
    variables.put("PGPORT", String.join(",", ports));
    variables.put("PGDATABASE", database);
    variables.put("PGUSER", user == null ? "" : user);
    variables.put("PGPASSWORD", password == null ? "" : password);
    variables.put("PGSSLMODE", parameters.getOrDefault("sslmode", ""));
    variables.put("PGSSLROOTCERT", parameters.getOrDefault("sslrootcert", ""));
    variables.values().removeIf(String::isEmpty);
    return variables;
  }

  /** How people are shown it: without a password and without parameters. */
  @Override
  public String toString() {
    return switch (form) {
      case SQLITE -> "sqlite:" + database;
      case EMBEDDED -> "embedded:postgresql" + (database.isEmpty() ? "" : ":" + database);
      case POSTGRESQL ->
          "postgresql://" + (user == null ? "" : user + "@") + hosts + "/" + database;
    };
  }

  /** Parameters in alphabetical order, for {@code doctor}. */
  public Map<String, String> sortedParameters() {
    return new TreeMap<>(parameters);
  }
}
