package dev.whimbrel.hazard;

import java.util.List;

/** PostgreSQL's table lock modes, weakest first. */
public enum LockMode {
  ACCESS_SHARE("AccessShare"),
  ROW_SHARE("RowShare"),
  ROW_EXCLUSIVE("RowExclusive"),
  SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusive"),
  SHARE("Share"),
  SHARE_ROW_EXCLUSIVE("ShareRowExclusive"),
  EXCLUSIVE("Exclusive"),
  ACCESS_EXCLUSIVE("AccessExclusive");

  private final String label;

  LockMode(String label) {
    this.label = label;
  }

  /** The mode as reports show it, such as {@code ShareRowExclusive}. */
  public String label() {
    return label;
  }

  /** The mode {@code pg_locks.mode} names, such as {@code AccessExclusiveLock}. */
  public static LockMode of(String server) {
    for (LockMode mode : values()) {
      if (server.equals(mode.label + "Lock")) {
        return mode;
      }
    }
    throw new IllegalArgumentException(server);
  }

  /** Whether a plain {@code SELECT} has to wait. */
  public boolean blocksReads() {
    return this == ACCESS_EXCLUSIVE;
  }

  /** Whether an {@code INSERT}, {@code UPDATE} or {@code DELETE} has to wait. */
  public boolean blocksWrites() {
    return compareTo(SHARE) >= 0;
  }

  /** What has to wait: {@code read}, {@code write}, both or nothing. */
  public List<String> blocks() {
    return blocksReads() ? List.of("read", "write") : blocksWrites() ? List.of("write") : List.of();
  }
}
