package dev.whimbrel.acceptance.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whimbrel.dialect.Answer;
import dev.whimbrel.dialect.Connector;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.postgresql.PostgresqlDialect;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked without a driver, and what is left to the driver. */
class ShortWayTest {
  private static final Connector CONNECTOR = PostgresqlDialect.create().connector();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @TempDir private static Path scratch;
  private static EmbeddedPostgres server;

  @BeforeAll
  static void letPeopleIn() throws Exception {
    server = EmbeddedPostgres.scratch(EmbeddedSettings.of(System.getenv()), 18);
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create role trusted login; create role clear login password 'a b'");
      statement.execute("create role scram login password 'b%c'; create role bound login");
      statement.execute("alter role bound password 'x'");
      statement.execute("set password_encryption = 'md5'");
      statement.execute("create role hashed login password 'c@d'");
      statement.execute(
          """
          copy (select line from (values
            (1, 'host all trusted 127.0.0.1/32 trust'),
            (2, 'host all clear 127.0.0.1/32 password'),
            (3, 'host all scram 127.0.0.1/32 scram-sha-256'),
            (4, 'hostssl all bound 127.0.0.1/32 scram-sha-256'),
            (5, 'host all hashed 127.0.0.1/32 md5'),
            (6, 'host all %s 127.0.0.1/32 password')) rules (number, line) order by number)
          to '%s'\
          """
              .formatted(server.user(), hbaFile(statement)));
    }
    Certified.offerTls(server, scratch);
  }

  private static String hbaFile(Statement statement) throws Exception {
    try (var rows = statement.executeQuery("show hba_file")) {
      rows.next();
      return rows.getString(1);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static @Nullable Answer ask(String login, String parameters, String sql) {
    return askAt(login + "@localhost:" + server.port(), parameters, sql);
  }

  private static @Nullable Answer askAt(String authority, String parameters, String sql) {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://" + authority + "/postgres?" + parameters);
    return CONNECTOR.ask(url, "test", TIMEOUT, () -> sql, "select 'otherwise'");
  }

  private static String user(@Nullable Answer answer) {
    return Objects.requireNonNull(answer, "no answer").rows().get(0).get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sslmode=disable", "", "sslmode=require", "sslmode=prefer"})
  void answersEveryKindOfPassword(String parameters) {
    String sql = "select session_user";
    assertThat(user(ask("trusted", parameters, sql))).isEqualTo("trusted");
    assertThat(user(ask("clear:a%20b", parameters, sql))).isEqualTo("clear");
    assertThat(user(ask("scram:b%25c", parameters, sql))).isEqualTo("scram");
    assertThat(user(ask("hashed:c%40d", parameters, sql))).isEqualTo("hashed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&sslnegotiation=direct", "&channel_binding=require"})
  void bindsThePasswordToTheServersCertificate(String more) {
    String verified = "sslmode=verify-full&sslrootcert=" + scratch.resolve("ca.crt") + more;
    assertThat(user(ask("bound:x", verified, "select session_user"))).isEqualTo("bound");
    assertThat(user(ask("bound:x", verified, "select ssl::text from pg_stat_ssl")))
        .isEqualTo("true");
  }

  @Test
  void tellsWhatTheServerSays() {
    Answer answer =
        ask("trusted", "sslmode=disable", "select 'ä', null, '' union all select 'b', 'c', 'd'");
    Objects.requireNonNull(answer, "no answer");
    assertThat(answer.version()).startsWith("postgresql 18");
    assertThat(answer.rows()).containsExactly(List.of("ä", "", ""), List.of("b", "c", "d"));
  }

  @Test
  void asksTheOtherQuestionWhereThereIsNoRow() {
    assertThat(user(ask("trusted", "sslmode=disable", "select 1 where false")))
        .isEqualTo("otherwise");
  }

  @Test
  void leavesToTheDriverWhatItWouldNotDoItself() {
    String sql = "select 1";
    assertThat(ask("scram:wrong", "sslmode=disable", sql)).isNull();
    assertThat(ask("scram", "sslmode=disable", sql)).isNull();
    assertThat(ask("bound:x", "sslmode=disable", sql)).isNull();
    assertThat(ask("trusted", "sslmode=disable&channel_binding=require", sql)).isNull();
    for (String login : List.of("trusted", "clear:a%20b", "hashed:c%40d")) {
      assertThat(ask(login, "sslmode=require&channel_binding=require", sql)).isNull();
    }
    assertThat(ask("trusted", "sslmode=allow", sql)).isNull();
    assertThat(ask("trusted", "currentSchema=a", sql)).isNull();
    assertThat(ask("trusted", "sslmode=disable", "select 1 / 0")).isNull();
    assertThat(askAt("trusted@localhost:1", "sslmode=disable", sql)).isNull();
    assertThat(askAt("trusted@a:1,b:2", "sslmode=disable", sql)).isNull();
  }

  @Test
  void trustsNobodyElsesCertificate() throws Exception {
    Path other = scratch.resolve("other.crt");
    Certified.authority(scratch.resolve("other"), other);
    String known = "sslmode=verify-full&sslrootcert=" + scratch.resolve("ca.crt");
    assertThat(ask("trusted", "sslmode=verify-full&sslrootcert=" + other, "select 1")).isNull();
    assertThat(ask("trusted", "sslmode=verify-full&sslrootcert=system", "select 1")).isNull();
    assertThat(askAt("trusted@127.0.0.1:" + server.port(), known, "select 1")).isNull();
  }

  @Test
  void passesOnWhatTheQuestionItselfFailsWith() {
    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgresql://trusted@localhost:" + server.port() + "/postgres?sslmode=disable");
    assertThatThrownBy(() ->
            CONNECTOR.ask(
                url,
                "test",
                TIMEOUT,
                () -> {
                  throw new IllegalStateException("the files");
                },
                ""))
        .hasMessage("the files");
  }

  /** It says that the login went well, and has not shown that it knows the password. */
  @Test
  void believesNoServerThatDoesNotKnowThePassword() throws Exception {
    try (ServerSocket impostor = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FutureTask<@Nullable Void> play = new FutureTask<>(() -> play(impostor), null);
      Thread.ofPlatform().start(play);
      String authority = "scram:secret@127.0.0.1:" + impostor.getLocalPort();
      assertThat(askAt(authority, "sslmode=disable", "select 1")).isNull();
      play.get();
    }
  }

  private static void play(ServerSocket impostor) {
    try (Socket socket = impostor.accept()) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      in.skipNBytes(in.readInt() - 4L);
      OutputStream out = socket.getOutputStream();
      byte[] name = "SCRAM-SHA-256".getBytes(StandardCharsets.US_ASCII);
      out.write(HexFormat.of().parseHex("52000000170000000a"));
      out.write(name);
      out.write(new byte[2]);
      in.skipNBytes(1);
      in.skipNBytes(in.readInt() - 4L);
      out.write(HexFormat.of().parseHex("5200000008000000005a0000000549"));
      assertThat(in.read()).isEqualTo(-1);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
