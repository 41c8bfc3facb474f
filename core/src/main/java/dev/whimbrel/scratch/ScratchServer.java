package dev.whimbrel.scratch;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A server with this run's scratch databases and the templates that all runs share.
 *
 * <p>A scratch database is named {@code whimbrel_scratch_RUN_N}, and a living run has claimed its
 * RUN, so a database whose RUN can be claimed was left by a run that is no more. A template, {@code
 * whimbrel_tpl_CHECKSUM}, is filled under a scratch name and then renamed, so a half-filled one is
 * never taken for one and goes with the other leftovers.
 *
 * <p>Safe for use by several threads.
 */
public final class ScratchServer implements AutoCloseable {
  private static final String SCRATCH = "whimbrel_scratch_";
  private static final String TEMPLATE = "whimbrel_tpl_";
  private static final int CHECKSUM = 12;
  private static final int TEMPLATES = 12;
  private static final int ATTEMPTS = 3;
  private static final long POLL_MILLIS = 20;

  /** Longer than the server takes to see that a busy session's client is gone. */
  private static final long ORPHAN_NANOS = 3_000_000_000L;

  private final ScratchStrategy strategy;
  private final String run;
  private final ScratchStrategy.Claim claim;
  private final Set<String> mine = new TreeSet<>();
  private int number;
  private boolean closed;

  private ScratchServer(ScratchStrategy strategy, String run, ScratchStrategy.Claim claim) {
    this.strategy = strategy;
    this.run = run;
    this.claim = claim;
  }

  /** Fills an empty database; the connection is closed afterwards. */
  @FunctionalInterface
  public interface Filler {
    void fill(Connection connection) throws SQLException;
  }

  /** Begins to use a server, having dropped what killed runs left on it. */
  public static ScratchServer open(ScratchStrategy strategy) {
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    String run = HexFormat.of().formatHex(random);
    try {
      ScratchStrategy.Claim claim = strategy.claim(SCRATCH + run).orElseThrow();
      ScratchServer server = new ScratchServer(strategy, run, claim);
      server.forEachLeftover(strategy::drop);
      return server;
    } catch (SQLException e) {
      throw failed("use", strategy, e);
    }
  }

  public String engine() {
    return strategy.engine();
  }

  /** The engine's major version, 0 if it has none. */
  public int major() {
    return strategy.major();
  }

  /** For people, without a password. */
  public String description() {
    return strategy.description();
  }

  /** A new, empty database. */
  public synchronized ScratchDatabase create() {
    String name = nextName();
    try {
      strategy.create(name);
    } catch (SQLException e) {
      throw failed("create a scratch database on", strategy, e);
    }
    return taken(name);
  }

  /**
   * A new database with the content that {@code filler} makes, copied from a template when there is
   * one of this checksum. What the filler throws goes through, and leaves nothing behind.
   *
   * @param checksum of everything the content depends on; 12 or more hex digits
   */
  public synchronized ScratchDatabase create(String checksum, Filler filler) {
    String template = templateName(checksum);
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        provide(template, filler);
        String name = nextName();
        try {
          strategy.copy(template, name);
          return taken(name);
        } catch (SQLException e) {
          // Another run may have pruned it since; everything else is a failure.
          if (strategy.list(template).containsKey(template)) {
            throw e;
          }
        }
      }
      throw new SQLException("the template " + template + " was dropped each time");
    } catch (SQLException e) {
      throw failed("create a filled scratch database on", strategy, e);
    }
  }

  /** The databases that killed runs left and nobody is connected to. */
  public synchronized List<String> leftovers() {
    List<String> names = new ArrayList<>();
    try {
      forEachLeftover(names::add);
      return names;
    } catch (SQLException e) {
      throw failed("list the databases of", strategy, e);
    }
  }

  /** The cached templates' names, least recently used first. */
  public synchronized List<String> templates() {
    try {
      return strategy.list(TEMPLATE).entrySet().stream()
          .sorted(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry::getKey))
          .map(Map.Entry::getKey)
          .toList();
    } catch (SQLException e) {
      throw failed("list the databases of", strategy, e);
    }
  }

  /** Drops what is left of this run and lets go of the server. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (strategy) {
      for (String name : List.copyOf(mine)) {
        strategy.drop(name);
      }
      claim.close();
    } catch (SQLException e) {
      throw failed("clean up on", strategy, e);
    }
  }

  ScratchStrategy strategy() {
    return strategy;
  }

  synchronized void drop(String name) {
    if (closed) {
      return;
    }
    try {
      strategy.drop(name);
      mine.remove(name);
    } catch (SQLException e) {
      throw failed("drop " + name + " on", strategy, e);
    }
  }

  private ScratchDatabase taken(String name) {
    mine.add(name);
    return new ScratchDatabase(this, name);
  }

  private String nextName() {
    number++;
    return SCRATCH + run + "_" + number;
  }

  private static String templateName(String checksum) {
    if (checksum.length() < CHECKSUM) {
      throw new IllegalArgumentException("a checksum has 12 or more digits: " + checksum);
    }
    return TEMPLATE + checksum.substring(0, CHECKSUM).toLowerCase(Locale.ROOT);
  }

  @SuppressWarnings("try") // A claim is held, not used.
  private void provide(String template, Filler filler) throws SQLException {
    try (ScratchStrategy.Claim held = await(template)) {
      if (!strategy.list(template).containsKey(template)) {
        fill(template, filler);
        strategy.touch(template, Instant.now());
        prune();
      } else {
        strategy.touch(template, Instant.now());
      }
    }
  }

  private ScratchStrategy.Claim await(String word) throws SQLException {
    while (true) {
      var held = strategy.claim(word);
      if (held.isPresent()) {
        return held.get();
      }
      pause();
    }
  }

  /** Makes roles that a server of our own lacks; others have the roles that they have. */
  public synchronized void lend(Collection<String> roles) {
    try {
      strategy.lend(roles);
    } catch (SQLException e) {
      throw failed("make roles on", strategy, e);
    }
  }

  /** The roles it has. */
  public synchronized Set<String> roles() {
    try {
      return strategy.roles();
    } catch (SQLException e) {
      throw failed("ask for the roles of", strategy, e);
    }
  }

  /** Fills a template; what asks for a role that our server lacks gets it, and begins again. */
  private void fill(String template, Filler filler) throws SQLException {
    Set<String> lent = new TreeSet<>();
    while (true) {
      try {
        fillOnce(template, filler);
        return;
      } catch (SQLException | WhimbrelException e) {
        Optional<String> role = missingRole(e);
        if (role.isEmpty() || !lent.add(role.get())) {
          throw e;
        }
        strategy.lend(lent);
      }
    }
  }

  private Optional<String> missingRole(Exception failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql) {
        return strategy.missingRole(sql);
      }
    }
    return Optional.empty();
  }

  private void fillOnce(String template, Filler filler) throws SQLException {
    String name = nextName();
    strategy.create(name);
    mine.add(name);
    boolean filled = false;
    try {
      try (Connection connection = strategy.connect(name)) {
        filler.fill(connection);
      }
      strategy.rename(name, template);
      filled = true;
    } finally {
      if (!filled) {
        strategy.drop(name);
      }
      mine.remove(name);
    }
  }

  /**
   * Drops the templates that were not used for longest, apart from those being filled or copied.
   */
  @SuppressWarnings("try") // A claim is held, not used.
  private void prune() throws SQLException {
    List<String> templates = templates();
    for (String name : templates.subList(0, Math.max(0, templates.size() - TEMPLATES))) {
      var held = strategy.claim(name);
      if (held.isPresent()) {
        try (ScratchStrategy.Claim claimed = held.get()) {
          if (!strategy.inUse(name)) {
            strategy.drop(name);
          }
        }
      }
    }
  }

  private interface Visit {
    void to(String name) throws SQLException;
  }

  @SuppressWarnings("try") // A claim is held, not used.
  private void forEachLeftover(Visit visit) throws SQLException {
    for (Map.Entry<String, List<String>> other : otherRuns().entrySet()) {
      var dead = strategy.claim(SCRATCH + other.getKey());
      if (dead.isPresent()) {
        try (ScratchStrategy.Claim held = dead.get()) {
          for (String name : other.getValue()) {
            // The server may still be busy with what the killed run gave it, until it notices.
            if (isLeft(name)) {
              visit.to(name);
            }
          }
        }
      }
    }
  }

  /** Whether nobody is connected, or nobody any more after a while; else it is for a later run. */
  private boolean isLeft(String name) throws SQLException {
    long end = System.nanoTime() + ORPHAN_NANOS;
    while (strategy.inUse(name)) {
      if (System.nanoTime() > end) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.of(ErrorCode.E_CANCELLED, "scratch.interrupted").toException(e);
    }
  }

  /** The scratch databases of other runs, by RUN. */
  private Map<String, List<String>> otherRuns() throws SQLException {
    return strategy.list(SCRATCH).keySet().stream()
        .filter(name -> name.lastIndexOf('_') > SCRATCH.length())
        .filter(name -> !name.startsWith(SCRATCH + run + "_"))
        .sorted()
        .collect(
            Collectors.groupingBy(
                name -> name.substring(SCRATCH.length(), name.lastIndexOf('_')),
                TreeMap::new,
                Collectors.toList()));
  }

  private static RuntimeException failed(String doing, ScratchStrategy strategy, SQLException e) {
    return Problem.of(ErrorCode.E_SCRATCH, "scratch.failed")
        .with("doing", doing)
        .with("server", strategy.description())
        .with("reason", String.valueOf(e.getMessage()))
        .toException(e);
  }
}
