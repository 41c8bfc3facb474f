package dev.whimbrel.diff;

import dev.whimbrel.change.Change;
import dev.whimbrel.schema.Fact;
import dev.whimbrel.schema.FactId;
import dev.whimbrel.schema.Kind;
import dev.whimbrel.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the comparison of facts asks an engine. Implementations keep no state. */
public interface DiffStrategy {

  /**
   * The first schema with what a survivor inherited there and has of its own in the second made its
   * own, and likewise the second; so that detaching a partition adds no columns.
   */
  Sides level(Schema from, Schema to);

  /**
   * The facts of the first schema that make room for one of another kind and the same path: what
   * they become, by what they are.
   */
  Map<FactId, FactId> counterparts(Schema from, Schema to);

  /** Both sides of a comparison. */
  record Sides(Schema from, Schema to) {}

  /** Whether the engine can change one content into the other in place. */
  boolean alters(Fact before, Fact after, Sides sides);

  /** Whether a fact that depends on what is altered in place has to go before and come back. */
  boolean disturbs(Fact before, Fact after, Fact dependent);

  /** Whether a fact stays as it is though something that it depends on goes. */
  boolean outlives(Fact gone, Fact dependent, Sides sides);

  /**
   * The columns that are rewritten in the same step as what is altered, and what has to make room
   * for its like so that they can be; the same is then asked about that, with itself as {@code
   * after}.
   *
   * @param dependents what depends on it in the first schema
   */
  List<Fact> rewrites(Fact before, Fact after, List<Fact> dependents, Sides sides);

  /** What must exist before {@code fact} does, beside what the schema itself knows. */
  List<FactId> needs(Fact fact, Schema schema);

  /** What is created before {@code fact} where both come, though neither needs the other. */
  List<FactId> follows(Fact fact, Schema schema);

  /** What may bring {@code part} with it when it is created, innermost first. */
  List<FactId> createdWith(Fact part, Schema schema);

  /** What takes {@code part} with it when it is dropped, innermost first. */
  List<FactId> droppedWith(Fact part, Schema schema);

  /** The links to parents that a fact of a table stands beside; they are cut before it goes. */
  List<FactId> links(Fact fact);

  /** Whether a fact of a table must be there before the table can be tied to a parent. */
  boolean readies(Fact fact);

  /** Facts that take this one along when they go, though it does not need them. */
  List<FactId> companions(Fact fact, Schema schema);

  /**
   * What comes by itself with something that is created, such as the grants that default privileges
   * give.
   *
   * @param defaults the facts of the first schema that are still in force
   */
  List<Fact> bestowed(Fact created, List<Fact> defaults);

  /** The kinds of facts that decide what {@link #bestowed} comes with others. */
  Set<Kind> defaults();

  /** The names it takes in spaces where each name exists once, such as the tables of a schema. */
  List<List<String>> slots(Fact fact);

  /**
   * The slots that must be free before it is created.
   *
   * @param from the first schema
   */
  List<List<String>> awaits(Fact fact, Schema from);

  /**
   * The slots that must be free before something that exists becomes this.
   *
   * @param from the first schema
   */
  List<List<String>> awaitsAnew(Fact fact, Schema from);

  /** Whether the name of a constraint or an index was chosen by a program, in its own schema. */
  boolean isInvented(Fact fact);

  /**
   * Where a change stands when nothing else decides: small numbers first.
   *
   * @param sides to tell what exists already
   */
  int rank(Change change, Sides sides);

  /** Whether a part may also be created after what {@link #createdWith} names, to break a cycle. */
  boolean splits(Fact part);
}
