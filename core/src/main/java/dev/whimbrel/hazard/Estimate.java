package dev.whimbrel.hazard;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How long statements take, and block others, on the target. */
final class Estimate {
  private static final double LEAST_SECONDS = 0.005;

  /** Reading and writing whole pages, as much slower than reading them. */
  private static final double COPIED_FILE = 1.5;

  /** How many entries a value of several parts makes. */
  private static final double MANY_ENTRIES = 6;

  /** How much slower boxes are put into an index than texts are. */
  private static final double BOXES = 4;

  /** How much of the tables it reads a query puts into a new one; a guess. */
  private static final double QUERIED = 0.5;

  /** How many rows an index with a predicate has, of all; a guess. */
  private static final double SOME = 0.4;

  private final Facts facts;
  private final Map<Integer, List<Observation>> transactions;

  Estimate(Facts facts, List<Observation> plan) {
    this.facts = facts;
    this.transactions = plan.stream().collect(Collectors.groupingBy(Observation::transaction));
  }

  /** What is known of a relation; a table that the deployment itself makes is empty. */
  Facts.Table table(Observation seen, long oid) {
    Catalog.Relation relation = seen.origin().relations().get(oid);
    return relation == null ? Facts.Table.EMPTY : facts.table(relation.qualified());
  }

  /** How long the statement itself takes. */
  Duration own(Observation seen) {
    double seconds = LEAST_SECONDS;
    for (long worked : workedOn(seen)) {
      Catalog.Relation relation = seen.before().relations().get(worked);
      if (relation != null && !relation.isIndex()) {
        seconds += on(seen, worked);
      }
    }
    if (seen.says("create")) {
      seconds += made(seen);
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static SortedSet<Long> workedOn(Observation seen) {
    SortedSet<Long> found = new TreeSet<>(seen.rewrites());
    found.addAll(seen.scans().keySet());
    found.addAll(seen.changedRows().keySet());
    for (long index :
        Stream.concat(seen.indexBuilds().stream(), seen.rewrites().stream()).toList()) {
      Catalog.Index built = seen.after().indexes().get(index);
      if (built != null) {
        found.add(built.relation());
      }
    }
    return found;
  }

  /** What a query fills a new table with: part of the biggest that it reads. */
  private double made(Observation seen) {
    boolean filled =
        Delta.of(seen).newRelations().stream()
            .anyMatch(each -> each.kind() == 'm' || each.kind() == 'r');
    return !filled
        ? 0
        : seen.scans().keySet().stream()
            .mapToDouble(read -> QUERIED * copy(seen, read, table(seen, read)))
            .max()
            .orElse(0);
  }

  private double on(Observation seen, long oid) {
    Facts.Table table = table(seen, oid);
    Facts.Rates rates = facts.rates();
    long builds = 0;
    double seconds = 0;
    for (long index :
        Stream.concat(seen.indexBuilds().stream(), seen.rewrites().stream()).toList()) {
      Catalog.Index built = seen.after().indexes().get(index);
      if (built != null && built.relation() == oid) {
        builds++;
        seconds += build(seen, built, table);
      }
    }
    if (seen.rewrites().contains(oid)) {
      return seconds + copy(seen, oid, table);
    }
    Observation.Scan scan = seen.scans().get(oid);
    if (scan != null) {
      double passes = scan.rows() > 0 ? (double) scan.tuples() / scan.rows() : scan.passes();
      seconds += Math.max(0, passes - builds) * pass(table, readsAside(seen, oid));
    }
    double changed = Changes.rows(seen, oid, each -> table(seen, each).rows());
    return changed > 0 ? seconds + Changes.seconds(seen, oid, changed, table, rates) : seconds;
  }

  private double pass(Facts.Table table, boolean aside) {
    return reading(table, aside) + table.rows() / facts.rates().check();
  }

  private double reading(Facts.Table table, boolean aside) {
    return table.heapBytes() / facts.rates().scan()
        + (aside ? table.asideBytes() / facts.rates().asideScan() : 0);
  }

  private double copy(Observation seen, long oid, Facts.Table table) {
    if (seen.says("truncate")) {
      return 0;
    }
    Facts.Rates rates = facts.rates();
    if (seen.mentions("tablespace")) {
      return COPIED_FILE * table.bytes() / rates.scan();
    }
    double sort = seen.says("cluster") ? table.rows() / rates.textIndex() : 0;
    return sort
        + computed(seen, oid) * table.rows() / rates.call()
        + table.rows() / rates.copyRow()
        + table.heapBytes() / rates.copy()
        + table.asideBytes() / rates.asideCopy();
  }

  /** How many new columns have a default that is computed for each row. */
  private static long computed(Observation seen, long oid) {
    return Delta.of(seen).newColumns().stream()
        .filter(each -> each.table().oid() == oid && each.column().defaultValue().contains("("))
        .filter(each -> !each.column().isCounted() && each.column().generated() == ' ')
        .count();
  }

  /** Whether a new condition reads columns whose values may be kept out of line. */
  private static boolean readsAside(Observation seen, long oid) {
    Catalog.Relation on = seen.after().relations().get(oid);
    return on != null
        && seen.after().constraints().values().stream()
            .filter(each -> each.relation() == oid && each.kind() == 'c' && each.validated())
            .filter(each -> {
              Catalog.Constraint was = seen.before().constraints().get(each.oid());
              return was == null || !was.validated();
            })
            .anyMatch(each ->
                !each.definition().toLowerCase(Locale.ROOT).contains("is not null")
                    && !each.columns().stream().allMatch(number -> isNumber(on, number)));
  }

  private static boolean isNumber(Catalog.Relation on, int number) {
    Catalog.Column column = on.columns().get(number);
    return column != null && !column.type().matches("text|character.*|.*citext|json.*|bytea|xml");
  }

  /** Comparing texts is what takes long, and entries that are parts of values. */
  private double build(Observation seen, Catalog.Index index, Facts.Table table) {
    Facts.Rates rates = facts.rates();
    Catalog.Relation on = seen.after().relations().get(index.relation());
    boolean numbers =
        on != null && isNumber(on, index.columns().isEmpty() ? 0 : index.columns().get(0));
    double each =
        switch (index.method()) {
          case "brin" -> 1 / rates.check();
          case "gin" -> MANY_ENTRIES / rates.textIndex();
          case "gist", "spgist" -> BOXES / rates.textIndex();
          default -> 1 / (numbers ? rates.index() : rates.textIndex());
        };
    boolean aside = index.method().equals("gin") || index.columns().contains(0);
    int passes = seen.mentions("concurrently") ? 2 : 1;
    return passes * reading(table, aside) + (index.partial() ? SOME : 1) * table.rows() * each;
  }

  /**
   * How long others wait for a relation from this statement on: until its transaction ends, or
   * itself where there is none. Zero when the lock blocks neither reads nor writes.
   */
  Duration blocked(Observation seen, long oid) {
    LockMode mode = seen.held().get(oid);
    if (mode == null || !mode.blocksWrites() || !seen.existing(oid)) {
      return Duration.ZERO;
    }
    return seen.transactional() ? rest(seen) : own(seen);
  }

  /** From the start of the statement to the end of its transaction. */
  private Duration rest(Observation seen) {
    Duration sum = Duration.ZERO;
    for (Observation each : transactions.getOrDefault(seen.transaction(), List.of())) {
      if (each.revision().equals(seen.revision()) && each.index() >= seen.index()) {
        sum = sum.plus(own(each));
      }
    }
    return sum;
  }

  /** The longest wait that the statement's new locks cause on an existing table. */
  Duration longest(Observation seen) {
    Duration longest = Duration.ZERO;
    for (long oid : seen.locks().keySet()) {
      Duration blocked = blocked(seen, oid);
      longest = blocked.compareTo(longest) > 0 ? blocked : longest;
    }
    return longest;
  }
}
