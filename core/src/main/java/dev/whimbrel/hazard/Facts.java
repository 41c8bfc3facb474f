package dev.whimbrel.hazard;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What is known about the target, as far as rules need it.
 *
 * @param tables by qualified name as of now
 * @param measured whether {@link #tables} come from a real target; otherwise every table that is
 *     not listed is taken to be {@link #assumed}
 * @param assumed what an unlisted table is taken to be
 * @param rates how fast the target works
 * @param budget how long a statement may block others before that is an error
 * @param exposed schemas that a platform serves to browsers
 */
public record Facts(
    Map<String, Table> tables,
    boolean measured,
    Table assumed,
    Rates rates,
    Duration budget,
    Set<String> exposed) {

  public Facts {
    tables = Map.copyOf(tables);
    exposed = Set.copyOf(exposed);
  }

  /** Without a target: every existing table is taken to have a million rows of 200 bytes. */
  public static Facts assumed(Duration budget) {
    return new Facts(
        Map.of(),
        false,
        new Table(1_000_000, 200_000_000, 200_000_000, 60_000_000, 10),
        Rates.usual(),
        budget,
        Set.of());
  }

  /** These facts with other schemas exposed. */
  public Facts exposing(Set<String> schemas) {
    return new Facts(tables, measured, assumed, rates, budget, schemas);
  }

  /** What is known of a table; empty when a measured target does not have it. */
  public Table table(String qualified) {
    Table found = tables.get(qualified);
    return found != null ? found : measured ? Table.EMPTY : assumed;
  }

  /**
   * A table of the target.
   *
   * @param rows estimated by the server's statistics
   * @param bytes of the table itself, its out-of-line values included
   * @param heapBytes without its out-of-line values, which most passes over it do not read
   * @param indexBytes of all its indexes
   * @param writesPerSecond rows changed each second
   */
  public record Table(
      long rows, long bytes, long heapBytes, long indexBytes, double writesPerSecond) {
    /** No rows. */
    public static final Table EMPTY = new Table(0, 0, 0, 0, 0);

    /** What its out-of-line values take. */
    public long asideBytes() {
      return Math.max(0, bytes - heapBytes);
    }
  }

  /**
   * How fast a server works.
   *
   * @param scan bytes read each second
   * @param check rows each second whose condition is looked at, beside reading them
   * @param copy bytes of a table copied into a new file each second
   * @param copyRow rows copied each second, beside their bytes
   * @param call values of a default computed each second
   * @param asideScan bytes of out-of-line values read each second
   * @param asideCopy bytes of out-of-line values copied each second
   * @param index rows put into an index on numbers each second, beside reading them
   * @param textIndex rows put into an index on text or an expression each second, likewise
   * @param change rows of a table without indexes updated each second
   * @param entry entries added to an existing index each second
   * @param error the factor by which an estimate may be wrong, either way
   */
  public record Rates(
      double scan,
      double check,
      double copy,
      double copyRow,
      double call,
      double asideScan,
      double asideCopy,
      double index,
      double textIndex,
      double change,
      double entry,
      double error) {

    /** These with other speeds of changing rows. */
    public Rates changing(double rows, double entries) {
      return new Rates(
          scan, check, copy, copyRow, call, asideScan, asideCopy, index, textIndex, rows, entries,
          error);
    }

    /** A small cloud server with warm storage. */
    public static Rates usual() {
      return new Rates(
          400e6, 10e6, 100e6, 1e6, 1e6, 200e6, 50e6, 1e6, 600_000, 300_000, 300_000, 4);
    }
  }
}
