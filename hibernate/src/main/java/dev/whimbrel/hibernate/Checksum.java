package dev.whimbrel.hibernate;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Twelve hex digits that tell contents apart. */
final class Checksum {
  private static final int BYTES = 6;

  private Checksum() {}

  static String of(byte[] content) {
    return HexFormat.of().formatHex(sha256().digest(content), 0, BYTES);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
