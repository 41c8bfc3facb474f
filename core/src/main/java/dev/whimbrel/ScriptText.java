package dev.whimbrel;

import dev.whimbrel.dialect.Dialect;
import dev.whimbrel.history.HistoryTables;
import dev.whimbrel.history.JournalEntry;
import dev.whimbrel.plan.Batch;
import dev.whimbrel.plan.Plan;
import dev.whimbrel.plan.PlanStep;
import dev.whimbrel.revision.Step;
import dev.whimbrel.sql.CopyData;
import java.util.List;

/** Writes a plan as text that a person, or the engine's own client, can run. */
final class ScriptText {
  private final Dialect dialect;
  private final HistoryTables tables;
  private final String run;
  private final StringBuilder text = new StringBuilder();

  ScriptText(Dialect dialect, HistoryTables tables, String run) {
    this.dialect = dialect;
    this.tables = tables;
    this.run = run;
  }

  String of(Plan plan, boolean create) {
    if (plan.steps().isEmpty()) {
      return "-- nothing to do\n";
    }
    if (create) {
      text.append("-- the history\n\n");
      transaction(() -> tables.create().forEach(this::line));
    } else {
      line(tables.forget());
      text.append('\n');
    }
    plan.steps().forEach(this::step);
    return text.toString();
  }

  private void step(PlanStep step) {
    text.append("-- ").append(step.up() ? "upgrade " : "downgrade ").append(step.id());
    text.append(step.row().message().isEmpty() ? "" : ": " + step.row().message()).append("\n\n");
    List<Batch> batches = step.batches();
    for (int i = 0; i < batches.size(); i++) {
      Batch batch = batches.get(i);
      boolean last = i == batches.size() - 1;
      if (batch.alone()) {
        statements(batch);
        text.append('\n');
      } else {
        transaction(() -> {
          statements(batch);
          if (last) {
            books(step);
          }
        });
      }
    }
    if (batches.isEmpty() || batches.get(batches.size() - 1).alone()) {
      transaction(() -> books(step));
    }
  }

  private void transaction(Runnable content) {
    line(dialect.capabilities().scriptBegin());
    content.run();
    line("commit");
    text.append('\n');
  }

  private void statements(Batch batch) {
    for (Step step : batch.steps()) {
      line(step.statement().text());
      CopyData data = step.statement().data();
      if (data != null) {
        text.append(data.text()).append("\\.\n");
      }
    }
  }

  private void books(PlanStep step) {
    dialect.transactions().beforeBookkeeping().forEach(this::line);
    List<String> books = step.up() ? tables.record(step.row()) : List.of(tables.delete(step.id()));
    books.forEach(this::line);
    JournalEntry.Event event =
        step.up() ? JournalEntry.Event.UPGRADED : JournalEntry.Event.DOWNGRADED;
    line(tables.insert(new JournalEntry(run, event, step.id(), 0, step.detail())));
  }

  private void line(String sql) {
    text.append(sql).append(";\n");
  }
}
