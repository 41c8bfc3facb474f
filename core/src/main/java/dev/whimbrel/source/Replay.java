package dev.whimbrel.source;

import java.sql.Connection;
import java.sql.SQLException;

/** The seam for revisions: applies those up to an address to an empty database. */
public interface Replay {
  /**
   * A checksum of everything that {@link #fill} of this address would run, hex.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_ADDRESS} if it names no revision
   */
  String checksum(String address);

  /** Applies the revisions. */
  void fill(Connection connection, String address) throws SQLException;
}
