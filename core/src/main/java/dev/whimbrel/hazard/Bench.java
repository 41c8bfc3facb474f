package dev.whimbrel.hazard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the rules judge a whole plan, statement by statement; not thread-safe.
 *
 * <p>Rules run in the order of {@link Rules}; a later one may ask what earlier ones found.
 */
public final class Bench {
  private final Facts facts;
  private final List<Observation> plan;
  private final Estimate estimate;
  private final List<Finding> findings = new ArrayList<>();
  private String code = "";

  public Bench(Facts facts, List<Observation> plan) {
    this.facts = facts;
    this.plan = List.copyOf(plan);
    this.estimate = new Estimate(facts, this.plan);
  }

  /** Applies the rules to every statement; findings come in the order of the statements. */
  public List<Finding> judge(List<Rule> rules) {
    for (Observation seen : plan) {
      for (Rule rule : rules) {
        code = rule.code();
        rule.examine(seen, this);
      }
    }
    return List.copyOf(findings);
  }

  /** How long the statement blocks others on the target. */
  public Duration blocks(Observation seen) {
    return estimate.longest(seen);
  }

  Facts facts() {
    return facts;
  }

  /** All statements, in order. */
  List<Observation> plan() {
    return plan;
  }

  /** The statements of the same revision before this one. */
  List<Observation> earlier(Observation seen) {
    return plan.stream()
        .filter(each -> each.revision().equals(seen.revision()) && each.index() < seen.index())
        .toList();
  }

  /** The statements of the same revision after this one, and those of later revisions. */
  List<Observation> later(Observation seen) {
    return plan.subList(plan.indexOf(seen) + 1, plan.size());
  }

  Facts.Table table(Observation seen, long relation) {
    return estimate.table(seen, relation);
  }

  /** How long the statement itself takes on the target. */
  public Duration own(Observation seen) {
    return estimate.own(seen);
  }

  /** Whether something was already reported for the statement. */
  boolean found(Observation seen) {
    return findings.stream()
        .anyMatch(each ->
            each.revision().equals(seen.revision())
                && each.statement() == seen.index()
                && each.severity() != Severity.INFO);
  }

  /** Whether the relation existed before the deployment and is not known to be empty. */
  boolean hasRows(Observation seen, long relation) {
    return seen.existing(relation) && table(seen, relation).rows() > 0;
  }

  /** How bad it is that the statement works on this table for long. */
  Severity byCost(Observation seen, long relation) {
    if (!hasRows(seen, relation)) {
      return Severity.INFO;
    }
    Duration cost = estimate.blocked(seen, relation);
    cost = cost.isZero() ? estimate.own(seen) : cost;
    return cost.compareTo(facts.budget()) > 0 ? Severity.ERROR : Severity.WARN;
  }

  /** {@code here} where running code can meet the table, {@code INFO} where it is new. */
  Severity ifExisting(Observation seen, long relation, Severity here) {
    return seen.existing(relation) ? here : Severity.INFO;
  }

  /** What the statement means for the table, such as {@code reads and writes wait about 41 s}. */
  String cost(Observation seen, long relation) {
    if (!hasRows(seen, relation)) {
      return "the table has no rows yet";
    }
    LockMode mode = seen.held().get(relation);
    String who =
        mode == null || !mode.blocksWrites()
            ? "it takes"
            : mode.blocksReads() ? "reads and writes wait" : "writes wait";
    Duration blocked = estimate.blocked(seen, relation);
    Duration time = blocked.isZero() ? estimate.own(seen) : blocked;
    String rows = String.format(Locale.ROOT, "%,d", table(seen, relation).rows());
    return "%s about %s with %s%s rows"
        .formatted(who, people(time), facts.measured() ? "" : "an assumed ", rows);
  }

  static String people(Duration time) {
    double seconds = time.toMillis() / 1000.0;
    if (seconds < 1) {
      return time.toMillis() + " ms";
    }
    if (seconds < 120) {
      return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }
    return String.format(Locale.ROOT, "%.0f min", seconds / 60);
  }

  /** Reports for a relation, 0 for none. */
  void report(Observation seen, long relation, Severity severity, String message, String saferWay) {
    Catalog.Relation found = seen.relation(relation);
    report(seen, found == null ? "" : found.qualified(), severity, message, saferWay);
  }

  void report(Observation seen, String object, Severity severity, String message, String saferWay) {
    findings.add(
        new Finding(
            code, severity, seen.revision(), seen.index(), object, message, saferWay, false));
  }
}
