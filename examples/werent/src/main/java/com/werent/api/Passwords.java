package com.werent.api;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Passwords as the database keeps them: {@code pbkdf2:sha256:ROUNDS$SALT$HASH}. */
final class Passwords {
  private static final int ROUNDS = 210_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Passwords() {}

  static String hash(String password) {
    if (password == null) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "password is missing");
    }
    byte[] salt = new byte[8];
    RANDOM.nextBytes(salt);
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ROUNDS, 256))
              .getEncoded();
      HexFormat hex = HexFormat.of();
      return "pbkdf2:sha256:%d$%s$%s".formatted(ROUNDS, hex.formatHex(salt), hex.formatHex(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
