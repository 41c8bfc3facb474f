import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the start-up caches of a distribution: runs the everyday commands of {@code
 * dev.whimbrel.cli.Training} with the flags of the launcher and lets the JVM write down the classes
 * they needed. One cache is for a database on this machine, one has TLS, SCRAM and TOML too. Each
 * class in a cache costs time and memory at every start.
 *
 * <p>Argument: the folder of the distribution. The cache is for the runtime within it, or else for
 * the JDK that runs this. Started by the build as {@code java -cp 'lib/*' Train.java}. Without a
 * cache the distribution works too, only slower: a failure is one line and no error.
 */
final class Train {
  private static final int LIMIT_SECONDS = 120;
  private static final int FIRST_WITH_AOT = 25;
  private static final String ROLE = "training";
  private static final String PASSWORD = "training";

  private final Path home;
  private final Path lib;
  private final Path java;
  private final Path scratch;

  private Train(Path distribution, Path jdk, Path scratch) {
    this.home = distribution;
    this.lib = distribution.resolve("lib");
    this.java = jdk.resolve("bin").resolve("java");
    this.scratch = scratch;
  }

  public static void main(String[] arguments) throws IOException {
    Path distribution = Path.of(arguments[0]);
    Path own = distribution.resolve("runtime");
    Path jdk = Files.exists(own) ? own : Path.of(System.getProperty("java.home"));
    Path scratch = Files.createTempDirectory("whimbrel-training");
    try {
      new Train(distribution, jdk, scratch).run(jdk);
    } catch (IOException | RuntimeException | SQLException e) {
      System.err.println("whimbrel: no start-up cache was made (" + e.getMessage() + ")");
    } catch (Exception e) {
      System.err.println("whimbrel: no start-up cache was made (" + e + ")");
    } finally {
      delete(scratch);
    }
  }

  private void run(Path jdk) throws Exception {
    if (release(jdk) < FIRST_WITH_AOT) {
      // The launcher keeps an archive of parsed classes instead, made by the first run.
      return;
    }
    EmbeddedSettings settings = EmbeddedSettings.of(System.getenv());
    try (EmbeddedPostgres server =
        EmbeddedPostgres.scratch(settings, EmbeddedPostgres.DEFAULT_MAJOR)) {
      String url = server.url("postgres");
      askForScram(url);
      offerTls(url);
      String plain =
          "postgresql://%s:%s@127.0.0.1:%d/postgres?sslmode=disable"
              .formatted(server.user(), server.password(), server.port());
      String tls =
          "postgresql://%s:%s@127.0.0.1:%d/postgres?sslmode=require"
              .formatted(ROLE, PASSWORD, server.port());
      Path bare = project("bare", "");
      Path configured =
          project("configured", "[env.production]\nurl = \"${TRAINING_URL:-none}\"\n");
      // Not recorded: each class in the cache makes every start a little slower.
      start(
          flags(), "dev.whimbrel.cli.Main", List.of("-C", bare.toString(), "deploy", "--url", url));
      cache("whimbrel", List.of("look", bare.toString(), plain));
      cache("whimbrel-tls", List.of("look", bare.toString(), plain, configured.toString(), tls));
      // An image deploys; nobody develops in it.
      String what = Files.exists(home.resolve("runtime")) ? "deploy" : "develop";
      top("whimbrel", List.of(what, pending("one", url).toString(), plain));
      top("whimbrel-tls", List.of(what, pending("two", url).toString(), tls));
    }
  }

  /** A project with a pending revision, and a schema that is ahead of it. */
  private Path pending(String name, String scratchUrl) throws IOException {
    Path pending =
        project(
            name, "[models]\nsql = \"schema.sql\"\n\n[scratch]\nurl = \"" + scratchUrl + "\"\n");
    String second =
        """
        create table second (
          id bigint generated always as identity primary key,
          training bigint not null references training (id),
          at timestamptz not null default now());
        """;
    Files.writeString(
        pending.resolve("migrations").resolve("20260102_0123456789ac_second.sql"),
        """
        -- revision: 0123456789ac
        -- revises:  0123456789ab
        -- message:  Second
        -- created:  2026-01-02T00:00:00Z

        -- +upgrade

        %s
        -- +downgrade

        drop table second;
        """
            .formatted(second));
    Files.writeString(pending.resolve("migrations").resolve("HEAD"), "0123456789ac\n");
    Files.writeString(
        pending.resolve("schema.sql"),
        """
        create table training (id bigint primary key, name text);
        %s
        create table third (id bigint primary key, note text check (note <> ''));
        create index second_training on second (training);
        create view both_of_them as
          select t.name, s.at from training t join second s on s.training = t.id;
        """
            .formatted(second));
    return pending;
  }

  private void cache(String name, List<String> arguments) throws Exception {
    Path configuration = scratch.resolve("configuration");
    List<String> record = flags();
    record.add("-XX:AOTMode=record");
    record.add("-XX:AOTConfiguration=" + configuration);
    start(record, "dev.whimbrel.cli.Training", arguments);
    List<String> create = flags();
    create.add("-XX:AOTMode=create");
    create.add("-XX:AOTConfiguration=" + configuration);
    create.add("-XX:AOTCache=" + lib.resolve(name + ".aot"));
    start(create, "dev.whimbrel.cli.Main", List.of());
  }

  /** An archive over the cache: its classes are loaded when they are needed. */
  private void top(String name, List<String> arguments) throws Exception {
    List<String> line = flags();
    line.add("-XX:SharedArchiveFile=" + lib.resolve(name + ".aot"));
    line.add("-XX:ArchiveClassesAtExit=" + lib.resolve(name + ".jsa"));
    start(line, "dev.whimbrel.cli.Training", arguments);
  }

  /** The flags of the launcher, which are kept in one place: there. */
  private List<String> flags() throws IOException {
    List<String> flags = new ArrayList<>(List.of(java.toString()));
    for (String line : Files.readAllLines(home.resolve("bin").resolve("whimbrel"))) {
      if (line.startsWith("flags='")) {
        String text = line.substring("flags='".length(), line.lastIndexOf('\''));
        flags.addAll(List.of(text.split(" ")));
      }
    }
    flags.add("-XX:-AOTRecordTraining");
    return flags;
  }

  private void start(List<String> line, String main, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(line);
    Path jar = null;
    try (var jars = Files.newDirectoryStream(lib, "whimbrel-cli-*.jar")) {
      for (Path found : jars) {
        jar = found;
      }
    }
    command.addAll(List.of("-cp", String.valueOf(jar), main));
    command.addAll(arguments);
    File log = scratch.resolve("log").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IOException("the training took longer than " + LIMIT_SECONDS + " s");
    }
    if (process.exitValue() != 0) {
      throw new IOException("the training failed: " + Files.readString(log.toPath()).strip());
    }
  }

  private Path project(String name, String configuration) throws IOException {
    Path project = scratch.resolve(name);
    Path migrations = Files.createDirectories(project.resolve("migrations"));
    Files.writeString(
        migrations.resolve("20260101_0123456789ab_first.sql"),
        """
        -- revision: 0123456789ab
        -- message:  First
        -- created:  2026-01-01T00:00:00Z

        -- +upgrade

        create table training (id bigint primary key, name text);

        -- +downgrade

        drop table training;
        """);
    Files.writeString(migrations.resolve("HEAD"), "0123456789ab\n");
    if (!configuration.isEmpty()) {
      Files.writeString(project.resolve("whimbrel.toml"), configuration);
    }
    return project;
  }

  /** Gives the server a certificate, through itself: its files must be its own. */
  private void offerTls(String url) throws Exception {
    Path store = scratch.resolve("store");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "training",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("log").toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), "training".toCharArray());
    Key key = keys.getKey("server", "training".toCharArray());
    Certificate certificate = keys.getCertificate("server");
    DatabaseUrl parsed = DatabaseUrl.parse(url);
    try (Connection connection =
            DriverManager.getConnection(parsed.jdbcUrl(), parsed.user(), parsed.password());
        Statement statement = connection.createStatement()) {
      write(statement, "server.key", pem("PRIVATE KEY", key.getEncoded()));
      write(statement, "server.crt", pem("CERTIFICATE", certificate.getEncoded()));
      statement.execute("alter system set ssl = on");
      statement.execute("select pg_reload_conf()");
      awaitTls(statement);
    }
  }

  /** Makes a role that must log in as on a real server, once its settings are read again. */
  private static void askForScram(String url) throws SQLException {
    DatabaseUrl parsed = DatabaseUrl.parse(url);
    try (Connection connection =
            DriverManager.getConnection(parsed.jdbcUrl(), parsed.user(), parsed.password());
        Statement statement = connection.createStatement()) {
      statement.execute("set password_encryption = 'scram-sha-256'");
      statement.execute("create role " + ROLE + " superuser login password '" + PASSWORD + "'");
      String rules;
      String file;
      try (var rows =
          statement.executeQuery(
              "select current_setting('hba_file'), pg_read_file(current_setting('hba_file'))")) {
        rows.next();
        file = rows.getString(1);
        rules = "host all " + ROLE + " 127.0.0.1/32 scram-sha-256\n" + rows.getString(2);
      }
      statement.execute(
          "copy (select regexp_split_to_table('"
              + rules.replace("'", "''")
              + "', '\n')) to '"
              + file
              + "'");
    }
  }

  private static void awaitTls(Statement statement) throws Exception {
    for (int i = 0; i < 200; i++) {
      try (var rows = statement.executeQuery("show ssl")) {
        if (rows.next() && rows.getString(1).equals("on")) {
          return;
        }
      }
      Thread.sleep(20);
    }
    throw new IOException("the server does not offer TLS");
  }

  private static void write(Statement statement, String file, String text) throws SQLException {
    statement.execute(
        "copy (select '"
            + text
            + "') to program 'umask 077; while read -r l; do printf \"%b\\n\" \"$l\"; done > "
            + file
            + "'");
  }

  /** With escaped line ends, as COPY and the shell of the server leave them. */
  private static String pem(String what, byte[] content) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----";
  }

  private static int release(Path jdk) throws IOException {
    for (String line : Files.readAllLines(jdk.resolve("release"))) {
      if (line.startsWith("JAVA_VERSION=\"")) {
        return Integer.parseInt(line.substring(14, line.length() - 1).split("[.+-]")[0]);
      }
    }
    return 0;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
