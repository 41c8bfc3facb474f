package dev.whimbrel.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may do what. Role names are unquoted; {@code PUBLIC} is the role of everybody. */
public sealed interface AccessContent extends Content {

  /** The owner of the target. */
  record Owner(String role) implements AccessContent {}

  /** How a privilege differs from what the engine gives by itself. */
  enum GrantMode {
    GRANTED,
    WITH_GRANT_OPTION,
    /** A privilege that everybody, or the owner, has by default was taken away. */
    REVOKED
  }

  /** A privilege on the target; who granted it does not count. */
  record Grant(GrantMode mode) implements AccessContent {}

  /** A privilege that objects will have when the role creates them. */
  record DefaultPrivilege(GrantMode mode) implements AccessContent {}

  /** The switches of row-level security, where one is on. */
  record RowSecurity(boolean enabled, boolean forced) implements AccessContent {}

  /**
   * A policy of row-level security.
   *
   * @param command {@code ALL}, {@code SELECT}, {@code INSERT}, {@code UPDATE} or {@code DELETE}
   * @param roles sorted
   * @param using with its parentheses
   * @param check with its parentheses
   */
  record Policy(
      boolean permissive,
      String command,
      List<String> roles,
      @Nullable String using,
      @Nullable String check)
      implements AccessContent {
    public Policy {
      roles = List.copyOf(roles);
    }
  }
}
