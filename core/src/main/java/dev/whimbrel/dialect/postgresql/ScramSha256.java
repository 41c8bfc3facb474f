package dev.whimbrel.dialect.postgresql;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of SCRAM-SHA-256 (RFC 5802, RFC 7677), with and without channel binding; not
 * thread-safe. Passwords beyond printable ASCII would have to be normalised first and are refused.
 *
 * <p>HMAC is spelled out over a digest that is copied: in a process this young the key's two blocks
 * would else be hashed again for each of some thousand rounds.
 */
final class ScramSha256 {
  static final String NAME = "SCRAM-SHA-256";

  private static final int BLOCK = 64;
  private static final int NONCE = 18;
  private static final int MOST_ROUNDS = 1 << 20;

  private final String password;
  private final byte @Nullable [] binding;
  private final String header;
  private final String bare;
  private byte[] expected = {};

  /**
   * @param binding the hash of the server's certificate where the server offered to bind; else null
   * @param able whether this side could have
   */
  ScramSha256(String password, byte @Nullable [] binding, boolean able) throws IOException {
    for (int i = 0; i < password.length(); i++) {
      if (password.charAt(i) < ' ' || password.charAt(i) > '~') {
        throw new ProtocolException("a password to normalise");
      }
    }
    byte[] nonce = new byte[NONCE];
    new SecureRandom().nextBytes(nonce);
    this.password = password;
    this.binding = binding;
    this.header = binding != null ? "p=tls-server-end-point,," : able ? "y,," : "n,,";
    this.bare = "n=,r=" + Base64.getEncoder().encodeToString(nonce);
  }

  /** The first message. */
  String first() {
    return header + bare;
  }

  /** The second one, which proves that the password is known. */
  byte[] second(String server) throws IOException, GeneralSecurityException {
    String nonce = "";
    String salt = "";
    int rounds = 0;
    for (String part : server.split(",", -1)) {
      if (part.startsWith("r=")) {
        nonce = part.substring(2);
      } else if (part.startsWith("s=")) {
        salt = part.substring(2);
      } else if (part.startsWith("i=")) {
        rounds = Integer.parseInt(part.substring(2));
      }
    }
    String own = bare.substring("n=,r=".length());
    if (!nonce.startsWith(own) || nonce.length() == own.length() || salt.isEmpty()) {
      throw new ProtocolException("not an answer to this");
    }
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new ProtocolException("rounds " + rounds);
    }
    String end = "c=" + Base64.getEncoder().encodeToString(channel()) + ",r=" + nonce;
    byte[] all = bytes(bare + "," + server + "," + end);
    byte[] salted = salted(Base64.getDecoder().decode(salt), rounds);
    byte[] client = new Hmac(salted).of(bytes("Client Key"));
    byte[] proof = new Hmac(MessageDigest.getInstance("SHA-256").digest(client)).of(all);
    for (int i = 0; i < proof.length; i++) {
      proof[i] ^= client[i];
    }
    expected = new Hmac(new Hmac(salted).of(bytes("Server Key"))).of(all);
    return bytes(end + ",p=" + Base64.getEncoder().encodeToString(proof));
  }

  private byte[] channel() {
    byte[] begin = bytes(header);
    byte[] hash = binding;
    if (hash == null) {
      return begin;
    }
    byte[] whole = Arrays.copyOf(begin, begin.length + hash.length);
    System.arraycopy(hash, 0, whole, begin.length, hash.length);
    return whole;
  }

  private byte[] salted(byte[] salt, int rounds) throws GeneralSecurityException {
    Hmac hmac = new Hmac(bytes(password));
    byte[] last = Arrays.copyOf(salt, salt.length + 4);
    last[last.length - 1] = 1;
    byte[] result = new byte[32];
    for (int round = 0; round < rounds; round++) {
      last = hmac.of(last);
      for (int i = 0; i < result.length; i++) {
        result[i] ^= last[i];
      }
    }
    return result;
  }

  /** Checks that the server knows the password too. */
  void check(String server) throws IOException {
    boolean proof = server.startsWith("v=");
    byte[] given = proof ? Base64.getDecoder().decode(server.substring(2).split(",", -1)[0]) : null;
    if (expected.length == 0 || given == null || !MessageDigest.isEqual(given, expected)) {
      throw new ProtocolException("the server does not know the password");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** HMAC-SHA-256 (RFC 2104) with one key. */
  private static final class Hmac {
    private final MessageDigest inner;
    private final MessageDigest outer;

    Hmac(byte[] key) throws GeneralSecurityException {
      byte[] block = key.length > BLOCK ? MessageDigest.getInstance("SHA-256").digest(key) : key;
      inner = begun(block, 0x36);
      outer = begun(block, 0x5c);
    }

    private static MessageDigest begun(byte[] key, int pad) throws GeneralSecurityException {
      byte[] block = Arrays.copyOf(key, BLOCK);
      for (int i = 0; i < BLOCK; i++) {
        block[i] ^= (byte) pad;
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(block);
      return digest;
    }

    byte[] of(byte[] text) throws GeneralSecurityException {
      return copy(outer).digest(copy(inner).digest(text));
    }

    private static MessageDigest copy(MessageDigest digest) throws GeneralSecurityException {
      try {
        return (MessageDigest) digest.clone();
      } catch (CloneNotSupportedException e) {
        throw new GeneralSecurityException(e);
      }
    }
  }
}
