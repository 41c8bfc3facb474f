package dev.whimbrel.render;

import dev.whimbrel.change.Change;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes changes as a script, for one engine. */
public final class Renderer {
  private final RenderStrategy strategy;

  public Renderer(RenderStrategy strategy) {
    this.strategy = strategy;
  }

  /** The script that turns {@code from} into {@code to}. */
  public Script render(List<Change> changes, Schema from, Schema to, Situation.Style style) {
    Situation situation = new Situation(from, to, fresh(changes), style);
    List<Script.Step> steps = new ArrayList<>();
    for (Change change : changes) {
      steps.add(new Script.Step(change, strategy.render(change, situation)));
    }
    return new Script(strategy.preamble(changes, situation), strategy.join(steps));
  }

  private static Set<FactId> fresh(List<Change> changes) {
    Set<FactId> fresh = new HashSet<>();
    for (Change change : changes) {
      if (change instanceof Change.Create create
          && (create.fact().kind() == Kind.TABLE
              || create.fact().kind() == Kind.MATERIALIZED_VIEW)) {
        fresh.add(create.fact().id());
      }
    }
    return fresh;
  }
}
