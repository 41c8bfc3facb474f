package dev.whimbrel.dialect.postgresql;

import dev.whimbrel.dialect.postgresql.PostgresqlWire.Outgoing;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a client says when the server asks who it is: nothing, a password in clear where nobody
 * listens, MD5 or SCRAM-SHA-256. Not thread-safe.
 */
final class PostgresqlLogin {
  private static final int OK = 0;
  private static final int CLEAR = 3;
  private static final int MD5 = 5;
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final int SASL_FINAL = 12;
  private static final byte[] NOTHING = {};

  private final String user;
  private final @Nullable String password;
  private final byte @Nullable [] binding;
  private final boolean secret;
  private final boolean mustBind;
  private @Nullable ScramSha256 scram;
  private boolean proven;

  /**
   * @param binding the hash of the server's certificate, where there is TLS and one can be made
   * @param secret whether nobody can listen
   * @param mustBind whether nothing else will do than a login that is bound to the certificate
   */
  PostgresqlLogin(
      String user,
      @Nullable String password,
      byte @Nullable [] binding,
      boolean secret,
      boolean mustBind) {
    this.user = user;
    this.password = password;
    this.binding = binding;
    this.secret = secret && !mustBind;
    this.mustBind = mustBind;
    this.proven = !mustBind;
  }

  /** The content of the message to send, empty for none. */
  byte[] answer(int kind, byte[] content) throws IOException, GeneralSecurityException {
    return switch (kind) {
      case OK -> NOTHING;
      case CLEAR -> inClear();
      case MD5 -> hashed(content);
      case SASL -> first(new String(content, StandardCharsets.UTF_8));
      case SASL_CONTINUE -> scram().second(new String(content, StandardCharsets.UTF_8));
      case SASL_FINAL -> {
        scram().check(new String(content, StandardCharsets.UTF_8));
        proven = true;
        yield NOTHING;
      }
      default -> throw new ProtocolException("login " + kind);
    };
  }

  private byte[] hashed(byte[] salt) throws IOException, GeneralSecurityException {
    if (mustBind) {
      throw new ProtocolException("no binding");
    }
    return new Outgoing(0).text("md5" + md5(md5(known(), bytes(user)), salt)).content();
  }

  private byte[] inClear() throws IOException {
    if (!secret) {
      throw new ProtocolException("a password in clear");
    }
    return new Outgoing(0).text(known()).content();
  }

  /** A server that asked for SCRAM, or had to, must have shown that it knows the password too. */
  void requireDone() throws IOException {
    if (!proven) {
      throw new ProtocolException("the server did not prove itself");
    }
  }

  private byte[] first(String mechanisms) throws IOException, GeneralSecurityException {
    boolean plus = mechanisms.contains(ScramSha256.NAME + "-PLUS\0") && binding != null;
    if (!plus && (mustBind || !mechanisms.contains(ScramSha256.NAME + "\0"))) {
      throw new ProtocolException("no mechanism");
    }
    proven = false;
    scram = new ScramSha256(known(), plus ? binding : null, binding != null);
    byte[] message = bytes(scram.first());
    return new Outgoing(0)
        .text(plus ? ScramSha256.NAME + "-PLUS" : ScramSha256.NAME)
        .number(message.length)
        .bytes(message)
        .content();
  }

  private ScramSha256 scram() throws IOException {
    ScramSha256 begun = scram;
    if (begun == null) {
      throw new ProtocolException("not begun");
    }
    return begun;
  }

  private String known() throws IOException {
    if (password == null) {
      throw new ProtocolException("no password");
    }
    return password;
  }

  private static String md5(String text, byte[] salt) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    digest.update(bytes(text));
    return HexFormat.of().formatHex(digest.digest(salt));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
