package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.scratch.ScratchStrategy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scratch databases beside the one a URL names, or on a server of our own. A claim is an advisory
 * lock of the connection that this keeps open, so the server frees it when this process is gone.
 */
public final class PostgresqlScratch implements ScratchStrategy {
  private static final Pattern URL = Pattern.compile("(jdbc:postgresql:(?://[^/?]*/)?)([^?]*)(.*)");
  private static final String UNDEFINED_OBJECT = "42704";
  private static final Pattern MISSING_ROLE = Pattern.compile("role \"(.+)\" does not exist");
  private static final String OBJECT_IN_USE = "55006";
  private static final long PATIENCE_MILLIS = 10_000;
  private static final long POLL_MILLIS = 10;

  private final String url;
  private final Properties properties;
  private final String description;
  private final Runnable onClose;
  private final boolean owned;
  private final Connection admin;
  private final int major;
  private final Set<String> roles;

  private PostgresqlScratch(
      String url, Properties properties, String description, boolean owned, Runnable onClose)
      throws SQLException {
    this.url = url;
    this.properties = properties;
    this.description = description;
    this.owned = owned;
    this.onClose = onClose;
    this.admin = DriverManager.getConnection(url, properties);
    this.major = admin.getMetaData().getDatabaseMajorVersion();
    this.roles = owned ? roles() : Set.of();
  }

  /**
   * The server a URL names, if its role may create databases there.
   *
   * @param url a JDBC URL
   * @param properties for the driver: user, password and the like
   * @param description the server for people, without a password
   */
  public static PostgresqlScratch on(String url, Properties properties, String description) {
    PostgresqlScratch scratch = open(url, properties, description, false, () -> {});
    try {
      scratch.requireCreateDatabase();
      return scratch;
    } catch (SQLException e) {
      scratch.close();
      throw unusable(description, e);
    } catch (RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  /**
   * A server of our own, where the roles that a scratch database brought are dropped after it.
   *
   * @param onClose what stops the server
   */
  public static PostgresqlScratch owned(String url, String description, Runnable onClose) {
    return open(url, new Properties(), description, true, onClose);
  }

  private static PostgresqlScratch open(
      String url, Properties properties, String description, boolean owned, Runnable onClose) {
    try {
      return new PostgresqlScratch(url, properties, description, owned, onClose);
    } catch (SQLException e) {
      onClose.run();
      throw unusable(description, e);
    }
  }

  private static RuntimeException unusable(String description, SQLException e) {
    return Problem.of(ErrorCode.E_SCRATCH, "scratch.connect")
        .with("server", description)
        .with("reason", String.valueOf(e.getMessage()))
        .toException(e);
  }

  private void requireCreateDatabase() throws SQLException {
    String sql =
        "select rolname, rolcreatedb or rolsuper from pg_roles where rolname = current_user";
    try (Statement statement = admin.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (row.next() && !row.getBoolean(2)) {
        throw Problem.of(ErrorCode.E_SCRATCH, "scratch.may-not-create")
            .with("role", row.getString(1))
            .with("server", description)
            .toException();
      }
    }
  }

  @Override
  public String engine() {
    return "postgresql";
  }

  @Override
  public int major() {
    return major;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Map<String, Instant> list(String prefix) throws SQLException {
    String sql =
        "select datname, substring(shobj_description(oid, 'pg_database') from"
            + " '^whimbrel used ([0-9]{1,18})$')::bigint"
            + " from pg_database where starts_with(datname, ?) order by datname";
    Map<String, Instant> found = new LinkedHashMap<>();
    try (PreparedStatement statement = admin.prepareStatement(sql)) {
      statement.setString(1, prefix);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getString(1), Instant.ofEpochMilli(rows.getLong(2)));
        }
      }
    }
    return found;
  }

  @Override
  public void create(String name) throws SQLException {
    execute("create database " + quote(name) + " template template0" + likeThisOne());
  }

  /** Encoding and collation of the database connected to, which the models' target is like. */
  private String likeThisOne() throws SQLException {
    String locale =
        switch (major) {
          case 14 -> "null, null";
          case 15, 16 -> "datlocprovider, daticulocale";
          default -> "datlocprovider, datlocale";
        };
    String sql =
        "select pg_encoding_to_char(encoding), datcollate, datctype, "
            + locale
            + " from pg_database where datname = current_database()";
    try (Statement statement = admin.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      String clause =
          " encoding %s lc_collate %s lc_ctype %s"
              .formatted(
                  literal(row.getString(1)), literal(row.getString(2)), literal(row.getString(3)));
      return switch (row.getString(4)) {
        case "i" -> clause + " locale_provider icu icu_locale " + literal(row.getString(5));
        case "b" -> clause + " locale_provider builtin builtin_locale " + literal(row.getString(5));
        case null, default -> clause;
      };
    }
  }

  @Override
  public void copy(String template, String name) throws SQLException {
    whenFree("create database " + quote(name) + " template " + quote(template));
  }

  @Override
  public void rename(String from, String to) throws SQLException {
    whenFree("alter database " + quote(from) + " rename to " + quote(to));
  }

  /** A session that was closed just now takes the server a moment to end. */
  private void whenFree(String sql) throws SQLException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (true) {
      try {
        execute(sql);
        return;
      } catch (SQLException e) {
        if (!OBJECT_IN_USE.equals(e.getSQLState()) || System.nanoTime() > end) {
          throw e;
        }
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Problem.of(ErrorCode.E_CANCELLED, "scratch.interrupted").toException(e);
      }
    }
  }

  @Override
  public void drop(String name) throws SQLException {
    execute("drop database if exists " + quote(name) + " with (force)");
    if (owned) {
      dropNewRoles();
    }
  }

  /** Roles belong to the server, so a second replay of {@code create role} would fail. */
  private void dropNewRoles() throws SQLException {
    Set<String> added = roles();
    added.removeAll(roles);
    for (String role : added) {
      try {
        execute("drop role if exists " + quote(role));
      } catch (SQLException e) {
        // 2BP01: a template or another scratch database still needs it.
        if (!"2BP01".equals(e.getSQLState())) {
          throw e;
        }
      }
    }
  }

  @Override
  public void lend(Collection<String> wanted) throws SQLException {
    if (owned) {
      Set<String> known = roles();
      for (String role : wanted) {
        if (known.add(role)) {
          execute("create role " + quote(role));
        }
      }
    }
  }

  @Override
  public Optional<String> missingRole(SQLException failure) {
    if (!owned || !UNDEFINED_OBJECT.equals(failure.getSQLState())) {
      return Optional.empty();
    }
    Matcher matcher = MISSING_ROLE.matcher(String.valueOf(failure.getMessage()));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  @Override
  public Set<String> roles() throws SQLException {
    Set<String> names = new HashSet<>();
    try (Statement statement = admin.createStatement();
        ResultSet rows = statement.executeQuery("select rolname from pg_roles")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @Override
  public boolean inUse(String name) throws SQLException {
    return isTrue(
        "select exists (select from pg_stat_activity where datname = ?"
            + " and backend_type is distinct from 'autovacuum worker')",
        name);
  }

  @Override
  public void touch(String name, Instant now) throws SQLException {
    execute(
        "comment on database " + quote(name) + " is 'whimbrel used " + now.toEpochMilli() + "'");
  }

  @Override
  public Optional<Claim> claim(String word) throws SQLException {
    if (!isTrue("select pg_try_advisory_lock(hashtextextended(?, 7))", word)) {
      return Optional.empty();
    }
    return Optional.of(() -> isTrue("select pg_advisory_unlock(hashtextextended(?, 7))", word));
  }

  @Override
  public String url(String name) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalStateException("not a URL of PostgreSQL");
    }
    StringBuilder whole = new StringBuilder(parts.group(1) + name + parts.group(3));
    for (String key : List.of("user", "password")) {
      String value = properties.getProperty(key);
      if (value != null && !url.contains("?" + key + "=") && !url.contains("&" + key + "=")) {
        whole.append(whole.indexOf("?") < 0 ? '?' : '&').append(key).append('=');
        whole.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    return whole.toString();
  }

  @Override
  public Connection connect(String name) throws SQLException {
    return DriverManager.getConnection(url(name), properties);
  }

  @Override
  public void close() {
    try {
      admin.close();
    } catch (SQLException e) {
      // The server ends the session anyway when the socket is gone.
    } finally {
      onClose.run();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      statement.execute(sql);
    }
  }

  private boolean isTrue(String sql, String value) throws SQLException {
    try (PreparedStatement statement = admin.prepareStatement(sql)) {
      statement.setString(1, value);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static String quote(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
