package dev.whimbrel;

import dev.whimbrel.error.ErrorCode;
import dev.whimbrel.error.Place;
import dev.whimbrel.error.Problem;
import dev.whimbrel.hazard.Finding;
import dev.whimbrel.hazard.Observation;
import dev.whimbrel.hazard.Rules;
import dev.whimbrel.history.History;
import dev.whimbrel.history.Unfinished;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.rehearse.Forecast;
import dev.whimbrel.rehearse.Preflight;
import dev.whimbrel.rehearse.Rights;
import dev.whimbrel.rehearse.TargetReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code deploy} asks before it touches anything: the rows in the way, the rights, and what
 * the words of the statements tell without a rehearsal.
 */
final class Precheck {
  private static final int SHOWN = 10;

  private final Setup setup;
  private final Looking looking;

  Precheck(Setup setup, Looking looking) {
    this.setup = setup;
    this.looking = looking;
  }

  /**
   * Looks, and refuses when a finding is at or above the threshold.
   *
   * @param agreed the revisions that passed before, in a run that was cut off: of them only what
   *     certainly fails is refused
   * @return what was found below it
   */
  List<Result.Finding> pass(Plan plan, History history, Set<String> agreed) throws SQLException {
    boolean off = setup.options().failOn().equalsIgnoreCase("never");
    if (off || !plan.up() || !looking.dialect().capabilities().tellsEffects()) {
      return List.of();
    }
    Connection target = looking.connection();
    List<Observation> expected =
        Forecast.of(target, looking.dialect().lexis(), plan, unfinished(history));
    TargetReader.Target facts = new TargetReader(target).read();
    List<Finding> others =
        new ArrayList<>(new Rights(target, setup.options().role()).missing(expected));
    new Preflight(target, facts.tables(), setup.options().preflightLimit())
        .look(expected).stream()
            .filter(Preflight.Violation::tells)
            .map(Preflight.Violation::finding)
            .forEach(others::add);
    Rehearsals rehearsals =
        new Rehearsals(setup, plan, facts.judged(setup.options().blockBudget()), expected);
    List<Result.Finding> findings = rehearsals.findings(Rules.foreseen(), others);
    List<Result.Finding> blocking = new ArrayList<>(rehearsals.blocking(findings));
    blocking.removeIf(each -> agreed.contains(each.revision()) && rank(each) > 0);
    blocking.sort(Comparator.comparingInt(Precheck::rank));
    refuse(blocking);
    return findings;
  }

  /** What is half applied already cannot be foreseen from its start. */
  private static Set<String> unfinished(History history) {
    return history.unfinished().stream()
        .map(Unfinished::revision)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What certainly fails comes first, then what loses data. */
  private static int rank(Result.Finding finding) {
    return finding.code().startsWith("W35") ? 0 : finding.code().startsWith("W5") ? 1 : 2;
  }

  private void refuse(List<Result.Finding> blocking) {
    if (blocking.isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    for (Result.Finding each : blocking.subList(0, Math.min(SHOWN, blocking.size()))) {
      lines.add("%s %s:%d: %s".formatted(each.code(), each.file(), each.line(), each.message()));
    }
    if (blocking.size() > SHOWN) {
      lines.add("… and " + (blocking.size() - SHOWN) + " more");
    }
    Result.Finding first = blocking.get(0);
    String codes =
        blocking.stream()
            .map(Result.Finding::code)
            .distinct()
            .sorted()
            .collect(Collectors.joining(","));
    throw Problem.of(ErrorCode.E_FINDINGS, "rehearse.refused")
        .with("count", blocking.size() == 1 ? "1 finding" : blocking.size() + " findings")
        .with("threshold", setup.options().failOn())
        .with("findings", String.join("\n", lines))
        .with("code", first.code())
        .with("codes", codes)
        .at(first.file() == null ? null : Place.of(first.file(), first.line()))
        .toException();
  }
}
