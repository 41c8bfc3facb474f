package dev.whimbrel.render;

import dev.whimbrel.change.Change;
import java.util.List;

/** Writes a change in the words of an engine. Implementations keep no state. */
public interface RenderStrategy {

  /** The statements that make a change, in order; none if it needs none of its own. */
  List<Sql> render(Change change, Situation situation);

  /**
   * The same steps, where neighbours that one statement can make have become one: it stands with
   * the first of them, and the others have none of their own.
   */
  List<Script.Step> join(List<Script.Step> steps);

  /** Statements before all others, such as settings of the transaction. */
  List<Sql> preamble(List<Change> changes, Situation situation);
}
