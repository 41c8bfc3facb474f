package dev.whimbrel.dialect.postgresql;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS over a connection that stands; not thread-safe. */
final class PostgresqlTls implements AutoCloseable {
  private static final String PROTOCOL = "postgresql";

  /**
   * The curves that every server of TLS 1.3 has to take, and PostgreSQL's default; another kind
   * would cost a second pair of keys.
   */
  private static final String[] CURVES = {"secp256r1", "secp384r1", "secp521r1"};

  /** Of TLS 1.3 the suite that every server has to take: its hash is the one that SCRAM needs. */
  private static final Set<String> SPARED =
      Set.of("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private final SSLSocket socket;

  private PostgresqlTls(SSLSocket socket) {
    this.socket = socket;
  }

  /**
   * Begins with what the first pair of keys of a process costs, some 60 ms for a table of points,
   * while the caller waits for the network.
   */
  static void prepare() {
    Thread.ofPlatform().daemon().name("whimbrel-keys").start(PostgresqlTls::firstKeys);
  }

  private static void firstKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVES[0]));
      generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      // The handshake will tell.
      return;
    }
  }

  /**
   * Shakes hands, and checks what the mode wants to be checked: {@code verify-full} the server's
   * certificate and its name, the others nothing, as libpq and the driver do.
   */
  static PostgresqlTls over(Socket plain, String host, int port, Map<String, String> parameters)
      throws IOException, GeneralSecurityException {
    boolean verified = "verify-full".equals(parameters.get("sslmode"));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trusted(parameters, verified), null);
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters wanted = socket.getSSLParameters();
    if (verified) {
      wanted.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if ("direct".equals(parameters.get("sslNegotiation"))) {
      wanted.setApplicationProtocols(new String[] {PROTOCOL});
    }
    wanted.setNamedGroups(CURVES);
    List<String> suites = new ArrayList<>(Arrays.asList(wanted.getCipherSuites()));
    suites.removeAll(SPARED);
    wanted.setCipherSuites(suites.toArray(new String[0]));
    socket.setSSLParameters(wanted);
    socket.startHandshake();
    return new PostgresqlTls(socket);
  }

  Socket socket() {
    return socket;
  }

  /** The hash of the server's certificate for {@code tls-server-end-point} (RFC 5929), or null. */
  byte @Nullable [] binding() throws IOException, GeneralSecurityException {
    Certificate[] chain = socket.getSession().getPeerCertificates();
    if (!(chain[0] instanceof X509Certificate certificate)) {
      return null;
    }
    String name = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    int with = name.indexOf("WITH");
    String hash =
        switch (with < 0 ? "" : name.substring(0, with)) {
          case "MD5", "SHA1", "SHA256" -> "SHA-256";
          case "SHA384" -> "SHA-384";
          case "SHA512" -> "SHA-512";
          default -> "";
        };
    return hash.isEmpty() ? null : MessageDigest.getInstance(hash).digest(certificate.getEncoded());
  }

  /** Null for the authorities that the system trusts. */
  private static TrustManager @Nullable [] trusted(Map<String, String> parameters, boolean verified)
      throws IOException, GeneralSecurityException {
    if (parameters.containsKey("sslfactory")) {
      return null;
    }
    return verified ? roots(parameters.get("sslrootcert")) : new TrustManager[] {new Any()};
  }

  /** Those of a file, or of the file that libpq looks at. */
  private static TrustManager[] roots(@Nullable String file)
      throws IOException, GeneralSecurityException {
    String path =
        file != null
            ? file
            : new File(System.getProperty("user.home", ""), ".postgresql/root.crt").getPath();
    KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
    roots.load(null, null);
    try (InputStream in = new FileInputStream(path)) {
      int number = 0;
      for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        roots.setCertificateEntry("root" + number++, root);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(roots);
    return factory.getTrustManagers();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Any certificate will do, where the mode wants no more than that nobody listens. */
  private static final class Any extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
