package dev.whimbrel.cli.command;

import dev.whimbrel.Authoring;
import dev.whimbrel.Event;
import dev.whimbrel.Result;
import dev.whimbrel.State;
import dev.whimbrel.cli.arguments.CommandSpec;
import dev.whimbrel.cli.config.Config;
import dev.whimbrel.cli.output.Console;
import dev.whimbrel.cli.output.Fields;
import dev.whimbrel.cli.output.Text;
import dev.whimbrel.cli.report.Report;
import dev.whimbrel.cli.report.ReportFields;
import dev.whimbrel.cli.report.TextReport;
import dev.whimbrel.error.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code simulate}: show what deploy would do, rehearsed on a scratch database. */
final class SimulateCommand implements Command {
  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public String summary() {
    return "Show what deploy would do, rehearsed on a scratch database.";
  }

  @Override
  public void declare(CommandSpec spec) {
    Spec.parameter(spec, "TARGET", false, "Where to go. Default: head.");
    Formats.declare(spec);
    Spec.database(spec);
  }

  @Override
  public int run(Call call) {
    Formats.check(call);
    String target = call.parameter("head");
    Result.Simulation simulation =
        call.project().hasModels()
            ? call.modelling().simulate(target, authoring(call))
            : call.online().simulate(target);
    Result.Database database = call.project().shown(simulation.status().database());
    Report report =
        Report.of(database.engine() + " at " + database.url(), simulation, Formats.graph(call));
    Map<String, @Nullable Object> fields = StatusCommand.fields(call, simulation.status());
    fields.put("rehearsed", simulation.rehearsed());
    ReportFields.into(fields, report);
    fields.put("reversible", simulation.reversible());
    fields.put("leavesSchemaEqualTo", simulation.leavesSchemaEqualTo());
    Problem failure = simulation.failure();
    fields.put("failure", failure == null ? null : Fields.problem(failure));
    if (Formats.isText(call)) {
      show(call.console(), simulation, report);
    }
    State state = simulation.status().state();
    Formats.write(call, report, call.result(state, simulation.exit(), fields));
    return call.answer(state, simulation.exit(), fields);
  }

  private static Authoring authoring(Call call) {
    Config config = call.project().config();
    return new Authoring(
        call.project().models(),
        config.directory(),
        List.of(),
        List.of(),
        false,
        false,
        config.text("models.platform").orElse(""));
  }

  private static void show(Console console, Result.Simulation simulation, Report report) {
    Result.Status status = simulation.status();
    console.event(new Event.VersionsFound(status.current(), status.latest()));
    Problem problem = simulation.failure() == null ? status.refusal() : simulation.failure();
    if (status.refusal() == null && status.pending().isEmpty()) {
      nothing(console, status);
      return;
    }
    if (status.refusal() == null) {
      plan(console, simulation);
    }
    if (simulation.rehearsed() && simulation.target() != null) {
      TextReport.lines(report).forEach(console::line);
      console.line("");
    }
    if (problem == null && !simulation.blocking().isEmpty()) {
      console.line("❌ A deployment would be refused: " + report.counts());
      console.line("   Nothing was changed in the target");
    } else if (problem != null) {
      console.line("❌ A deployment would fail (" + problem.code() + "); nothing was changed");
      console.problem(problem);
    } else if (simulation.rehearsed()) {
      console.line("✅ Rehearsed on a scratch database: the deployment would succeed");
      if (!report.findings().isEmpty()) {
        console.line("   With " + report.counts());
      }
      console.line("   Nothing was changed in the target");
    }
  }

  private static void nothing(Console console, Result.Status status) {
    if (status.state() == State.AHEAD) {
      console.event(new Event.Ahead(status.current(), status.latest()));
    } else {
      console.event(new Event.UpToDate(status.current()));
    }
  }

  private static void plan(Console console, Result.Simulation simulation) {
    Result.Status status = simulation.status();
    console.line("🔄 New migration detected! A deployment would run the database upgrade:");
    console.line("   Upgrading from: " + Text.versions(status.current()));
    console.line("   Upgrading to:   " + Text.versions(status.latest()));
    for (Result.Revision revision : status.pending()) {
      int count = 0;
      long ms = 0;
      for (Result.Statement statement : simulation.statements()) {
        if (statement.revision().equals(revision.revision())) {
          count++;
          ms += statement.ms();
        }
      }
      console.line(
          "   %s  %s (%s in %s)"
              .formatted(
                  revision.revision(),
                  revision.message(),
                  Text.count(count, "statement"),
                  Text.time(Duration.ofMillis(ms))));
    }
  }
}
