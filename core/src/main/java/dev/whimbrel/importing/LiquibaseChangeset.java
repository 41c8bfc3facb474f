package dev.whimbrel.importing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A changeset of Liquibase.
 *
 * @param path of its changelog, as Liquibase names it
 * @param attributes by name in lower case
 * @param sql as Liquibase takes it for the checksum
 * @param upgrade as a revision has it
 * @param rollback as a revision has it; null where there is none
 * @param printed its checksum as a printed script says it; empty where none was printed
 * @param validSums checksums that are good too
 * @param line 1-based
 */
record LiquibaseChangeset(
    String path,
    String id,
    String author,
    Map<String, String> attributes,
    String comment,
    String sql,
    String upgrade,
    @Nullable String rollback,
    String printed,
    List<String> validSums,
    String file,
    int line) {
  /** The attribute of a changeset that Liquibase printed as one that does not run. */
  static final String NOT_PRINTED = "notprinted";

  String key() {
    return path + "::" + id + "::" + author;
  }

  /** Whether its SQL is what Liquibase printed, and not what stands in its changelog. */
  boolean isPrinted() {
    return attributes.containsKey(NOT_PRINTED);
  }

  /** Whether its precondition did not hold where Liquibase printed it, and it has no SQL now. */
  boolean withoutItsSql() {
    return flag(NOT_PRINTED) && upgrade.isBlank();
  }

  boolean flag(String name) {
    return ForeignTables.isTrue(attributes.getOrDefault(name, "false"));
  }

  /** Whether a recorded sum is this changeset's, by the algorithm of the recorded sum's version. */
  boolean matches(String recorded) {
    if (recorded.equals(printed)
        || validSums.contains(recorded)
        || validSums.contains("any")
        || validSums.contains("1:any")) {
      return true;
    }
    return !isPrinted()
        && switch (recorded.isEmpty() ? ' ' : recorded.charAt(0)) {
          case '9' -> recorded.equals(sum9());
          case '8' -> recorded.equals(sum8(sql)) || recorded.equals(sum8(sql + "\n"));
          default -> false;
        };
  }

  /** Whether an algorithm is known that made this sum. */
  boolean comparable(String recorded) {
    if (isPrinted() && printed.isEmpty()) {
      return false;
    }
    return !isPrinted()
        ? recorded.startsWith("9:") || recorded.startsWith("8:")
        : recorded.startsWith(printed.substring(0, 2));
  }

  /** The sum of Liquibase 4.22 and newer: the text without white space. */
  String sum9() {
    String dense = sql.replaceAll("[ \\n\\r\\t]", "");
    return "9:" + md5("9:" + md5(dense) + ":");
  }

  /** The sum of older versions 4: white space counts as one space, and so do some attributes. */
  private String sum8(String text) {
    String spaced = text.replaceAll("[ \\n\\r\\t]+", " ").strip();
    String header =
        attributes.getOrDefault("enddelimiter", "null")
            + ":"
            + attributes.getOrDefault("splitstatements", "true")
            + ":"
            + attributes.getOrDefault("stripcomments", "true")
            + ":";
    return "8:" + md5("8:" + md5(header + spaced) + ":");
  }

  private static String md5(String text) {
    try {
      String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
      byte[] hash =
          MessageDigest.getInstance("MD5").digest(composed.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
