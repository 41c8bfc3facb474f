package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.Answer;
import dev.whimbrel.dialect.DatabaseUrl;
import dev.whimbrel.dialect.postgresql.PostgresqlWire.Outgoing;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to one answer without the driver, for URLs of which every word is understood here. It is
 * never less strict than the driver's: what it would not do ends in no answer.
 */
final class PostgresqlShortWay {
  private static final int PORT = 5432;

  /** What {@code sslrootcert=system} means to the driver. */
  private static final String SYSTEM_ROOTS = "org.postgresql.ssl.DefaultJavaSSLFactory";

  private final String host;
  private final int port;
  private final String user;
  private final @Nullable String password;
  private final Map<String, String> parameters;
  private final int millis;

  private PostgresqlShortWay(
      String host,
      int port,
      String user,
      @Nullable String password,
      Map<String, String> parameters,
      int millis) {
    this.host = host;
    this.port = port;
    this.user = user;
    this.password = password;
    this.parameters = parameters;
    this.millis = millis;
  }

  /** The answer; null where there is none on this way. */
  static @Nullable Answer ask(
      DatabaseUrl url,
      String application,
      Duration timeout,
      Supplier<String> sql,
      String otherwise) {
    String user = url.user();
    String hosts = url.hosts();
    int colon = hosts.lastIndexOf(':');
    boolean six = colon != hosts.indexOf(':');
    if (user == null || url.database().isEmpty() || six || hosts.indexOf(',') >= 0) {
      return null;
    }
    for (Map.Entry<String, String> parameter : url.parameters().entrySet()) {
      if (!understood(parameter.getKey(), parameter.getValue())) {
        return null;
      }
    }
    String number = colon < 0 ? "" : hosts.substring(colon + 1);
    PostgresqlShortWay way =
        new PostgresqlShortWay(
            colon < 0 ? hosts : hosts.substring(0, colon),
            number.isEmpty() ? PORT : Integer.parseInt(number),
            user,
            url.password(),
            url.parameters(),
            Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      return way.ask(socket, url.database(), application, sql, otherwise);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean understood(String name, String value) {
    return switch (name) {
      case "sslmode" ->
          switch (value) {
            case "disable", "prefer", "require", "verify-full" -> true;
            default -> false;
          };
      case "sslNegotiation" -> value.equals("postgres") || value.equals("direct");
      case "sslfactory" -> value.equals(SYSTEM_ROOTS);
      case "sslrootcert", "options", "tcpKeepAlive" -> true;
      case "channelBinding" -> !value.equals("disable");
      case "gssEncMode" -> value.equals("disable");
      default -> false;
    };
  }

  private Answer ask(
      Socket socket, String database, String application, Supplier<String> sql, String otherwise)
      throws IOException, GeneralSecurityException {
    if (expectsTls()) {
      PostgresqlTls.prepare();
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(millis);
    socket.connect(new InetSocketAddress(host, port), millis);
    List<String> first = new ArrayList<>(List.of("user", user, "database", database));
    first.addAll(List.of("client_encoding", "UTF8", "application_name", application));
    String options = parameters.get("options");
    if (options != null) {
      first.addAll(List.of("options", options));
    }
    boolean bound = "require".equals(parameters.get("channelBinding"));
    if (!wantsTls(socket)) {
      boolean secret = socket.getInetAddress().isLoopbackAddress();
      PostgresqlLogin login = new PostgresqlLogin(user, password, null, secret, bound);
      return new PostgresqlWire(socket, login).ask(first, sql, otherwise);
    }
    try (PostgresqlTls tls = PostgresqlTls.over(socket, host, port, parameters)) {
      PostgresqlLogin login = new PostgresqlLogin(user, password, tls.binding(), true, bound);
      return new PostgresqlWire(tls.socket(), login).ask(first, sql, otherwise);
    }
  }

  private boolean expectsTls() {
    return switch (parameters.getOrDefault("sslmode", "prefer")) {
      case "disable" -> false;
      case "prefer" -> !host.equals("localhost") && !host.startsWith("127.");
      default -> true;
    };
  }

  /** Asks for TLS, unless it comes without being asked for; whether it is spoken from here on. */
  private boolean wantsTls(Socket socket) throws IOException {
    String mode = parameters.getOrDefault("sslmode", "prefer");
    if (mode.equals("disable") || "direct".equals(parameters.get("sslNegotiation"))) {
      return !mode.equals("disable");
    }
    socket.getOutputStream().write(new Outgoing(0).number(1234 << 16 | 5679).message());
    int answer = socket.getInputStream().read();
    if (answer != 'S' && (answer != 'N' || !mode.equals("prefer"))) {
      throw new ProtocolException("no TLS");
    }
    return answer == 'S';
  }
}
