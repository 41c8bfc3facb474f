package dev.whimbrel;

import dev.whimbrel.error.Problem;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.hazard.Bench;
import dev.whimbrel.hazard.Finding;
import dev.whimbrel.hazard.LockMode;
import dev.whimbrel.hazard.Observation;
import dev.whimbrel.hazard.Rule;
import dev.whimbrel.hazard.Rules;
import dev.whimbrel.hazard.Severity;
import dev.whimbrel.plan.Batch;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.revision.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Judges what was observed, and turns it into the facade's records. */
final class Rehearsals {
  private final Setup setup;
  private final Plan plan;
  private final Bench bench;
  private final List<Observation> observations;

  Rehearsals(
      Setup setup, Plan plan, dev.whimbrel.hazard.Facts facts, List<Observation> observations) {
    this.setup = setup;
    this.plan = plan;
    this.observations = observations;
    this.bench = new Bench(facts, observations);
  }

  List<Result.Statement> statements() {
    List<Result.Statement> all = new ArrayList<>();
    for (Observation seen : observations) {
      all.add(
          new Result.Statement(
              seen.revision(),
              seen.index(),
              seen.statement().text(),
              seen.took().toMillis(),
              seen.transactional(),
              locks(seen),
              names(seen, seen.rewrites()),
              names(seen, seen.scans().keySet().stream().sorted().toList()),
              seen.indexBuilds().stream().map(oid -> seen.after().name(oid)).sorted().toList(),
              seen.triggers(),
              seen.walBytes(),
              bench.blocks(seen).toMillis(),
              bench.own(seen).toMillis(),
              seen.transaction()));
    }
    return all;
  }

  private static List<Result.Lock> locks(Observation seen) {
    Map<String, LockMode> byName = new TreeMap<>();
    seen.locks().forEach((oid, mode) -> byName.put(seen.name(oid), mode));
    List<Result.Lock> locks = new ArrayList<>();
    byName.forEach((name, mode) -> locks.add(new Result.Lock(name, mode.label(), mode.blocks())));
    return locks;
  }

  private static List<String> names(Observation seen, List<Long> oids) {
    return oids.stream().map(seen::name).sorted().toList();
  }

  /** What all rules and others found, accepted where the file or the caller does. */
  List<Result.Finding> findings(List<Finding> others) {
    return findings(Rules.all(), others);
  }

  /** What these rules and others found, accepted where the file or the caller does. */
  List<Result.Finding> findings(List<Rule> rules, List<Finding> others) {
    List<Finding> found = new ArrayList<>(bench.judge(rules));
    found.addAll(others);
    List<Result.Finding> all = new ArrayList<>();
    for (PlanStep revision : plan.steps()) {
      for (Finding finding : found) {
        if (finding.revision().equals(revision.id())) {
          all.add(finding(finding, revision));
        }
      }
    }
    return all;
  }

  private Result.Finding finding(Finding finding, PlanStep revision) {
    Step step = step(revision, finding.statement());
    boolean allowed =
        accepted().contains(finding.code())
            || (step != null
                && step.allows().stream().anyMatch(each -> each.code().equals(finding.code())));
    return new Result.Finding(
        finding.code(),
        finding.severity().word(),
        finding.revision(),
        finding.statement(),
        finding.relation(),
        finding.message(),
        finding.saferWay(),
        revision.file(),
        step == null ? 0 : step.statement().place().line(),
        allowed);
  }

  private static @Nullable Step step(PlanStep revision, int index) {
    for (Batch batch : revision.batches()) {
      for (Step step : batch.steps()) {
        if (step.statement().index() == index) {
          return step;
        }
      }
    }
    return null;
  }

  private List<String> accepted() {
    return Arrays.stream(setup.options().accept().split(",")).map(String::strip).toList();
  }

  /** The findings for which a deployment is refused. */
  List<Result.Finding> blocking(List<Result.Finding> findings) {
    String least = setup.options().failOn().toUpperCase(Locale.ROOT);
    if (least.equals("NEVER")) {
      return List.of();
    }
    Severity threshold = Severity.valueOf(least);
    return findings.stream()
        .filter(each -> !each.allowed())
        .filter(each ->
            Severity.valueOf(each.severity().toUpperCase(Locale.ROOT)).compareTo(threshold) >= 0)
        .toList();
  }

  static @Nullable Problem problem(@Nullable WhimbrelException failure) {
    return failure == null ? null : failure.problem();
  }
}
