package dev.whimbrel.acceptance.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whimbrel.Result;
import dev.whimbrel.State;
import dev.whimbrel.Whimbrel;
import dev.whimbrel.embedded.EmbeddedPostgres;
import dev.whimbrel.embedded.EmbeddedSettings;
import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.WhimbrelException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate of its own. */
class TlsTest {
  @TempDir private static Path scratch;
  @TempDir private Path folder;
  private static EmbeddedPostgres server;

  @BeforeAll
  static void offerTls() throws Exception {
    server = EmbeddedPostgres.scratch(EmbeddedSettings.of(System.getenv()), 18);
    Certified.offerTls(server, scratch);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private Whimbrel whimbrel(String parameters) throws Exception {
    Files.writeString(
        folder.resolve("a.sql"), "-- revision: a\n-- message: a\n\n-- +upgrade\n\nselect 1;\n");
    Files.writeString(folder.resolve("HEAD"), "a\n");
    String url = server.url("postgres");
    String bare = url.contains("?") ? url.substring(0, url.indexOf('?')) : url;
    return Whimbrel.in(folder)
        .url(bare.replace("127.0.0.1", "localhost") + "?" + parameters)
        .credentials(server.user(), server.password())
        .build();
  }

  private static Result.Check tls(Result.Diagnosis diagnosis) {
    return diagnosis.checks().stream()
        .filter(check -> check.name().equals("tls"))
        .findAny()
        .orElseThrow();
  }

  @Test
  void deploysOverTlsWithAndWithoutAskingFirst() throws Exception {
    String verified = "sslmode=verify-full&sslrootcert=" + scratch.resolve("ca.crt");
    assertThat(whimbrel(verified).deploy("head").current()).containsExactly("a");
    assertThat(whimbrel(verified + "&sslnegotiation=direct").deploy("head").state())
        .isEqualTo(State.IN_SYNC);
  }

  @Test
  void advisesNotToAskFirstWhereTheServerTakesIt() throws Exception {
    Result.Check asked = tls(whimbrel("sslmode=require").doctor());
    assertThat(asked.value()).startsWith("TLSv1.3");
    assertThat(asked.advice()).contains("sslnegotiation=direct");
    Result.Check direct = tls(whimbrel("sslmode=require&sslnegotiation=direct").doctor());
    assertThat(direct.value()).startsWith("TLSv1.3");
    assertThat(direct.advice()).isEmpty();
  }

  @Test
  void refusesACertificateThatNobodyVouchesFor() throws Exception {
    Whimbrel strict = whimbrel("sslmode=verify-full&sslrootcert=" + otherAuthority());
    WhimbrelException refused =
        catchThrowableOfType(WhimbrelException.class, () -> strict.deploy("head"));
    assertThat(refused.code()).isEqualTo(ErrorCode.E_TLS);
  }

  @Test
  void saysThatThePasswordIsMissing() throws Exception {
    Files.writeString(folder.resolve("HEAD"), "");
    String url = "postgresql://nobody@localhost:" + server.port() + "/postgres?sslmode=require";
    Whimbrel anonymous = Whimbrel.in(folder).url(url).build();
    WhimbrelException refused =
        catchThrowableOfType(WhimbrelException.class, () -> anonymous.status(false));
    assertThat(refused.code()).isEqualTo(ErrorCode.E_AUTHENTICATION);
    assertThat(refused)
        .hasMessageContaining("asks for a password, and there is none. User: nobody.");
  }

  private static Path otherAuthority() throws Exception {
    Path other = scratch.resolve("other.crt");
    if (Files.notExists(other)) {
      Certified.authority(scratch.resolve("other"), other);
    }
    return other;
  }
}
