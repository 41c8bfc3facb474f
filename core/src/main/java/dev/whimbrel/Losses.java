package dev.whimbrel;

import dev.whimbrel.apply.Cancellation;
import dev.whimbrel.dialect.SchemaTools;
import dev.whimbrel.error.WhimbrelException;
import dev.whimbrel.hazard.Bench;
import dev.whimbrel.hazard.Finding;
import dev.whimbrel.hazard.Rules;
import dev.whimbrel.history.History;
import dev.whimbrel.plan.Batch;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.rehearse.LiveCopy;
import dev.whimbrel.rehearse.Rehearsal;
import dev.whimbrel.revision.Step;
import dev.whimbrel.scratch.ScratchServer;
import dev.whimbrel.sql.Statement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which revisions of a plan lose data, by the rules that say so of what a rehearsal shows. Where
 * nothing can be rehearsed, what might lose data counts as losing it.
 */
final class Losses {
  private static final Set<String> HARMLESS =
      Set.of(
          "create",
          "comment",
          "grant",
          "revoke",
          "insert",
          "copy",
          "analyze",
          "vacuum",
          "reindex",
          "refresh",
          "set",
          "reset",
          "lock",
          "notify",
          "security");
  private static final Pattern TAKES_AWAY =
      Pattern.compile("(?i)\\b(drop|type|using|detach|disable)\\b");

  private final Setup setup;
  private final Cancellation cancellation;

  Losses(Setup setup, Cancellation cancellation) {
    this.setup = setup;
    this.cancellation = cancellation;
  }

  /** Ids, in the order of the plan. */
  List<String> of(Looking looking, Plan plan, History history) {
    Set<String> suspects = new HashSet<>();
    Set<String> losing = new HashSet<>();
    for (PlanStep step : plan.steps()) {
      for (Statement statement : statements(step)) {
        if (statement.startsWith("delete") || statement.startsWith("truncate")) {
          losing.add(step.id());
        } else if (!isHarmless(statement)) {
          suspects.add(step.id());
        }
      }
    }
    suspects.removeAll(losing);
    if (!suspects.isEmpty()) {
      Set<String> seen = plan.up() ? observed(looking, plan, history) : null;
      if (seen != null) {
        suspects.retainAll(seen);
      }
      losing.addAll(suspects);
    }
    return plan.steps().stream().map(PlanStep::id).filter(losing::contains).toList();
  }

  private static List<Statement> statements(PlanStep step) {
    List<Statement> statements = new ArrayList<>();
    for (Batch batch : step.batches()) {
      for (Step each : batch.steps()) {
        statements.add(each.statement());
      }
    }
    return statements;
  }

  private static boolean isHarmless(Statement statement) {
    List<String> words = statement.words();
    return words.isEmpty()
        || HARMLESS.contains(words.getFirst())
        || (statement.startsWith("alter") && !TAKES_AWAY.matcher(statement.text()).find());
  }

  /** What a rehearsal shows to lose data, or could not show; null where there was none. */
  private @Nullable Set<String> observed(Looking looking, Plan plan, History history) {
    SchemaTools tools = looking.dialect().schemas();
    if (tools == null || !looking.dialect().capabilities().tellsEffects()) {
      return null;
    }
    int major = new SchemaWork(setup, looking.dialect()).major(looking.connection());
    try (ScratchServer server = setup.scratchServer(looking.dialect().name(), major)) {
      LiveCopy copy = LiveCopy.of(looking.connection(), tools, looking.tables(), history.exists());
      Rehearsal.Outcome outcome =
          new Rehearsal(
                  looking.dialect(), server, looking.tables(), setup.limits(), cancellation, copy)
              .run(plan, null, table -> true);
      return judged(plan, outcome);
    } catch (WhimbrelException | SQLException e) {
      cancellation.check();
      setup.tell(
          new Event.Warning(
              "What the revisions lose could not be rehearsed, so a backup counts as needed: "
                  + e.getMessage()));
      return null;
    }
  }

  private Set<String> judged(Plan plan, Rehearsal.Outcome outcome) {
    Set<String> losing = new HashSet<>();
    Bench bench =
        new Bench(
            dev.whimbrel.hazard.Facts.assumed(setup.options().blockBudget()),
            outcome.observations());
    for (Finding finding : bench.judge(Rules.lostData())) {
      losing.add(finding.revision());
    }
    Set<String> rehearsed = new HashSet<>();
    outcome.observations().forEach(each -> rehearsed.add(each.revision()));
    for (PlanStep step : plan.steps()) {
      if (outcome.failure() != null && !rehearsed.contains(step.id())) {
        losing.add(step.id());
      }
    }
    return losing;
  }
}
