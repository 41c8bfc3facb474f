package dev.whimbrel.diff;

import dev.whimbrel.change.Change;
import dev.whimbrel.schema.Schema;
import dev.whimbrel.schema.Unmodelled;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Compares schemas, for one engine. Time and memory grow in line with the number of facts. */
public final class Differ {
  private final DiffStrategy strategy;

  public Differ(DiffStrategy strategy) {
    this.strategy = strategy;
  }

  /**
   * What turns {@code from} into {@code to}.
   *
   * @throws dev.whimbrel.error.WhimbrelException {@code E_INTERNAL} when the changes wait for each
   *     other in a ring, naming its members
   */
  public Difference compare(Schema from, Schema to) {
    DiffStrategy.Sides sides = strategy.level(from, to);
    Schema left = NameMatching.renamed(sides.from(), strategy.counterparts(from, to));
    NameMatching names = NameMatching.of(new DiffStrategy.Sides(left, sides.to()), strategy);
    Comparison comparison = Comparison.of(names.sides(), strategy);
    List<Change> changes = new ArrayList<>(names.renames());
    changes.addAll(new Arrangement(comparison, strategy).changes());
    return new Difference(
        from,
        NameMatching.renamed(to, names.silent()),
        changes,
        RenameSearch.candidates(names.sides()),
        unmodelled(from, to));
  }

  private static List<Unmodelled> unmodelled(Schema from, Schema to) {
    TreeSet<Unmodelled> either = new TreeSet<>(from.unmodelled());
    either.addAll(to.unmodelled());
    return List.copyOf(either);
  }
}
