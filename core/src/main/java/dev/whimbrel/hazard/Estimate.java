package dev.whimbrel.hazard;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How long statements take, and block others, on the target. */
final class Estimate {
  private static final double LEAST_SECONDS = 0.005;

  private final Facts facts;
  private final List<Observation> plan;

  Estimate(Facts facts, List<Observation> plan) {
    this.facts = facts;
    this.plan = plan;
  }

  /** What is known of a relation; a table that the deployment itself makes is empty. */
  Facts.Table table(Observation seen, long oid) {
    Catalog.Relation relation = seen.origin().relations().get(oid);
    return relation == null ? Facts.Table.EMPTY : facts.table(relation.qualified());
  }

  /** How long the statement itself takes. */
  Duration own(Observation seen) {
    double seconds = LEAST_SECONDS;
    for (Catalog.Relation relation : seen.before().relations().values()) {
      if (!relation.isIndex()) {
        seconds += on(seen, relation.oid());
      }
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private double on(Observation seen, long oid) {
    Facts.Table table = table(seen, oid);
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
    boolean rewritten = seen.rewrites().contains(oid);
    if (rewritten && !seen.says("truncate")) {
      seconds += table.bytes() / facts.rates().rewrite();
    }
    Observation.Scan scan = seen.scans().get(oid);
    if (scan != null && !rewritten) {
      double passes = scan.rows() > 0 ? (double) scan.tuples() / scan.rows() : scan.passes();
      double pass = table.bytes() / facts.rates().scan() + table.rows() / facts.rates().check();
      seconds += Math.max(0, passes - builds) * pass;
      Long changed = seen.changedRows().get(oid);
      if (changed != null && scan.rows() > 0) {
        double share = Math.min(1, (double) changed / scan.rows());
        seconds += share * table.rows() / facts.rates().change();
      }
    }
    return seconds;
  }

  private static boolean isNumber(Catalog.Relation on, int number) {
    Catalog.Column column = on.columns().get(number);
    return column != null && !column.type().matches("text|character.*|.*citext|json.*");
  }

  /** Comparing texts is what takes long. */
  private double build(Observation seen, Catalog.Index index, Facts.Table table) {
    Catalog.Relation on = seen.after().relations().get(index.relation());
    boolean numbers =
        on != null && index.columns().stream().allMatch(number -> isNumber(on, number));
    return table.rows() / (numbers ? facts.rates().index() : facts.rates().textIndex());
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
    for (Observation each : plan) {
      if (each.transaction() == seen.transaction()
          && each.revision().equals(seen.revision())
          && each.index() >= seen.index()) {
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
