package dev.whimbrel.dialect;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a PostgreSQL URL: libpq's names become the driver's, what other tools left is
 * dropped.
 */
record UrlParameters(
    Map<String, String> kept,
    List<String> dropped,
    @Nullable String user,
    @Nullable String password,
    @Nullable String host,
    @Nullable String port) {

  static UrlParameters read(String query) {
    Map<String, String> kept = new LinkedHashMap<>();
    List<String> dropped = new ArrayList<>();
    Map<String, String> own = new LinkedHashMap<>();
    for (int start = 0; start < query.length(); ) {
      int end = query.indexOf('&', start);
      String pair = query.substring(start, end < 0 ? query.length() : end);
      int equals = pair.indexOf('=');
      String name = DatabaseUrl.decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : DatabaseUrl.decode(pair.substring(equals + 1));
      sort(name, value, kept, dropped, own);
      start = end < 0 ? query.length() : end + 1;
    }
    return new UrlParameters(
        kept, dropped, own.get("user"), own.get("password"), own.get("host"), own.get("port"));
  }

  private static void sort(
      String name,
      String value,
      Map<String, String> kept,
      List<String> dropped,
      Map<String, String> own) {
    switch (name) {
      case "user", "password", "host", "port" -> own.put(name, value);
      case "sslmode" -> kept.put("sslmode", value.equals("no-verify") ? "require" : value);
      case "ssl" -> {
        if (value.isEmpty() || value.equals("true") || value.equals("1")) {
          kept.putIfAbsent("sslmode", "require");
        }
      }
      case "sslrootcert" -> {
        if (value.equals("system")) {
          kept.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        } else {
          kept.put(name, value);
        }
      }
      case "sslcert",
          "sslkey",
          "sslpassword",
          "sslfactory",
          "sslNegotiation",
          "sslResponseTimeout",
          "channelBinding",
          "gssEncMode",
          "currentSchema",
          "options",
          "targetServerType",
          "loadBalanceHosts",
          "hostRecheckSeconds",
          "connectTimeout",
          "socketTimeout",
          "loginTimeout",
          "tcpKeepAlive",
          "socketFactory",
          "socketFactoryArg",
          "authenticationPluginClassName",
          "jaasLogin",
          "krbsrvname" ->
          kept.put(name, value);
      case "sslnegotiation" -> kept.put("sslNegotiation", value);
      case "channel_binding" -> kept.put("channelBinding", value);
      case "gssencmode" -> kept.put("gssEncMode", value);
      case "connect_timeout" -> kept.put("connectTimeout", value);
      case "keepalives" -> kept.put("tcpKeepAlive", value.equals("0") ? "false" : "true");
      case "target_session_attrs" -> kept.put("targetServerType", serverType(value));
      default -> dropped.add(name);
    }
  }

  private static String serverType(String attribute) {
    return switch (attribute) {
      case "read-write", "primary" -> "primary";
      case "prefer-standby" -> "preferSecondary";
      case "read-only", "standby" -> "secondary";
      default -> "any";
    };
  }

  /** The hosts of the authority, or else those given as parameters. */
  String hosts(String authority) {
    String hosts = authority.isEmpty() && host != null ? host : authority;
    if (hosts.startsWith("/")) {
      throw Problem.of(ErrorCode.E_CONFIG, "url.socket").with("path", hosts).toException();
    }
    if (hosts.isEmpty()) {
      hosts = "localhost";
    }
    boolean bare = port != null && hosts.lastIndexOf(':') <= hosts.lastIndexOf(']');
    return bare && hosts.indexOf(',') < 0 ? hosts + ":" + port : hosts;
  }
}
