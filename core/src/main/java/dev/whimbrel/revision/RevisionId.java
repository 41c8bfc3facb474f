package dev.whimbrel.revision;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What an id may look like, and how new ones are made. */
public final class RevisionId {
  /** Words that are addresses and therefore no ids. */
  static final Set<String> RESERVED = Set.of("head", "heads", "base", "current", "none");

  private static final int LONGEST = 64;
  private static final int DERIVED_BYTES = 6;

  private RevisionId() {}

  /** A new id of 12 hex digits. */
  public static String random(RandomGenerator random) {
    byte[] bytes = new byte[DERIVED_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * The id of the merge of these parents, the same for everybody and in any order: 12 hex digits.
   */
  public static String ofMerge(Collection<String> parents) {
    String text = String.join(",", parents.stream().sorted().distinct().toList());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, DERIVED_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Returns an id that is allowed: 1 to 64 of {@code A-Z a-z 0-9 _ .}, not only dots, and none of
   * the words that are addresses.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_REVISION} for any other text
   */
  public static String check(String id, @Nullable Place place) {
    String key = refusal(id);
    if (key.isEmpty()) {
      return id;
    }
    throw Problem.of(ErrorCode.E_REVISION, key)
        .with("id", id.length() > LONGEST ? id.substring(0, LONGEST) + "…" : id)
        .with("length", id.length())
        .at(place)
        .toException();
  }

  private static String refusal(String id) {
    if (id.indexOf('/') >= 0 || id.indexOf('\\') >= 0 || id.chars().allMatch(c -> c == '.')) {
      return "revision.id-path";
    }
    if (id.length() > LONGEST) {
      return "revision.id-long";
    }
    if (!id.chars().allMatch(RevisionId::isAllowed)) {
      return "revision.id-characters";
    }
    return RESERVED.contains(id.toLowerCase(Locale.ROOT)) ? "revision.id-reserved" : "";
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.';
  }
}
