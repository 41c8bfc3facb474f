package dev.whimbrel.graph;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a person names a place in the graph: {@code [label@][symbol][+N|-N]}.
 *
 * @param text as written
 * @param label the branch, a label or an id, null if none
 * @param symbol {@code head}, {@code heads}, {@code base}, {@code current}, an id or its beginning;
 *     null if the steps count from the current revision
 * @param steps how far to walk, up if positive; null if it names a place itself
 */
public record Address(
    String text, @Nullable String label, @Nullable String symbol, @Nullable Integer steps) {
  private static final Pattern SHAPE =
      Pattern.compile("(?:([A-Za-z0-9_.]+)@)?([A-Za-z0-9_.]+)?([+-]\\d{1,6})?");

  /**
   * Reads an address.
   *
   * @throws WhimbrelException {@code E_ADDRESS} if it has another shape
   */
  public static Address parse(String text) {
    Matcher matcher = SHAPE.matcher(text.strip());
    if (!matcher.matches() || (matcher.group(2) == null && matcher.group(3) == null)) {
      throw Problem.of(ErrorCode.E_ADDRESS, "graph.malformed").with("address", text).toException();
    }
    String steps = matcher.group(3);
    Integer walked = steps == null ? null : Integer.valueOf(steps);
    if (walked != null && walked == 0 && matcher.group(2) != null) {
      walked = null;
    }
    if (walked != null && walked == 0) {
      throw Problem.of(ErrorCode.E_ADDRESS, "graph.no-steps").with("address", text).toException();
    }
    return new Address(text.strip(), matcher.group(1), matcher.group(2), walked);
  }

  /** Whether the steps count from the current revision. */
  boolean isFromCurrent() {
    return symbol == null;
  }
}
