package dev.whimbrel.acceptance.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whimbrel.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;

/** Gives a server a certificate for {@code localhost}. */
final class Certified {
  private static final String STORE_PASSWORD = "secret-of-the-store";

  private Certified() {}

  /** Lets a server offer TLS; who vouches for it is in {@code ca.crt} of the folder. */
  static void offerTls(EmbeddedPostgres server, Path folder) throws Exception {
    KeyStore store = authority(folder.resolve("store"), folder.resolve("ca.crt"));
    Key key = store.getKey("server", STORE_PASSWORD.toCharArray());
    Certificate certificate = store.getCertificate("server");
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      write(statement, "server.key", pem("PRIVATE KEY", key.getEncoded()));
      write(statement, "server.crt", pem("CERTIFICATE", certificate.getEncoded()));
      statement.execute("alter system set ssl = on");
      statement.execute("select pg_reload_conf()");
    }
    awaitTls(server);
  }

  /** A pair of keys, and the certificate in a file. */
  static KeyStore authority(Path store, Path file) throws Exception {
    KeyStore keys = certify(store);
    Files.writeString(file, pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
    return keys;
  }

  private static KeyStore certify(Path store) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD,
                "-keystore",
                store.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
    return KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray());
  }

  private static String pem(String what, byte[] content) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
  }

  /** Its files must be its own: the server writes them. */
  private static void write(Statement statement, String file, String text) throws SQLException {
    statement.execute(
        "copy (select regexp_split_to_table('%s', '\n')) to program 'umask 077; cat > %s'"
            .formatted(text.strip(), file));
  }

  /** A server reads its settings again in its own time, and tells new connections. */
  private static void awaitTls(EmbeddedPostgres server) throws SQLException {
    boolean on = false;
    while (!on) {
      try (Connection connection = server.connect("postgres");
          Statement statement = connection.createStatement();
          var rows = statement.executeQuery("show ssl")) {
        on = rows.next() && rows.getString(1).equals("on");
      }
    }
  }
}
