package dev.whimbrel.scratch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an engine has to offer for scratch databases: plain operations on databases that carry our
 * names. What they are put together to is {@link ScratchServer}'s part, the same for all engines.
 *
 * <p>Used by one thread at a time.
 */
public interface ScratchStrategy extends AutoCloseable {
  /** Such as {@code postgresql}. */
  String engine();

  /** The engine's major version, 0 if it has none. */
  int major();

  /** For people, without a password: {@code embedded PostgreSQL 18.6}. */
  String description();

  /**
   * The databases whose names begin with {@code prefix}, and when each was last {@linkplain #touch
   * touched}; the epoch if never.
   */
  Map<String, Instant> list(String prefix) throws SQLException;

  /** Makes an empty database that is like the one connected to in encoding and collation. */
  void create(String name) throws SQLException;

  /** Makes a copy of a database that nobody is connected to. */
  void copy(String template, String name) throws SQLException;

  /** Gives a database that nobody is connected to another name, at once or not at all. */
  void rename(String from, String to) throws SQLException;

  /** Drops a database, whoever is connected to it; does nothing when there is none. */
  void drop(String name) throws SQLException;

  /** Whether somebody is connected to a database. */
  boolean inUse(String name) throws SQLException;

  /** Records that a database was used now. */
  void touch(String name, Instant now) throws SQLException;

  /**
   * Takes hold of a word among all users of the server, until released or until this process ends,
   * however it ends; empty while another one has it.
   */
  Optional<Claim> claim(String word) throws SQLException;

  /**
   * Makes roles that a server of our own lacks, without any right; does nothing on a server of
   * somebody else.
   */
  void lend(Collection<String> roles) throws SQLException;

  /** The roles of the server. */
  Set<String> roles() throws SQLException;

  /** The role that a server of our own lacks, when that is why a statement failed. */
  Optional<String> missingRole(SQLException failure);

  /** The JDBC URL of a database; may hold a password. */
  String url(String name);

  /** A new connection, in auto-commit. */
  Connection connect(String name) throws SQLException;

  /** Lets go of the server, and stops it if it is our own; throws nothing. */
  @Override
  void close();

  /** A word held. */
  interface Claim extends AutoCloseable {
    @Override
    void close() throws SQLException;
  }
}
